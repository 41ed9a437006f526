/** Traditional characters of everyday talk and their simplified forms, so that one pattern hears both. */
export const simplified: ReadonlyMap<string, string> = new Map(
  [
    '嗎吗 報报 們们 個个 這这 麼么 誰谁 時时 間间 幾几 點点 說说 話话 會会 歡欢 愛爱 謝谢 請请 問问 講讲 幫帮 覺觉',
    '為为 機机 鳥鸟 開开 關关 無无 難难 過过 樂乐 聽听 見见 現现 對对 錯错 嘆叹 氣气 歲岁 幹干 學学 寫写 語语',
    '國国 裡里 裏里 還还 從从 來来 東东 電电 腦脑 網网 離离 線线 買买 賣卖 錢钱 貓猫 飯饭 餓饿 讚赞 厲厉 聰聪',
    '優优 剛刚 頭头 遊游 戲戏 數数 擲掷 壞坏 兩两 煩烦 悶闷 傷伤 節节 號号 體体 驗验 讓让 認认 識识 記记 換换',
    '應应 該该 億亿 萬万 減减 妳你 甚什 沒没 啟启 動动 慶庆 樣样',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)
