import { pick, type Random } from './pick.js'

/** One surname and one to three characters that go well with every surname here, such as 林晴, 欧阳明远, 苏小橘子. */
export const chineseName = (random: Random): string =>
  pick(random() < 0.12 ? compoundSurnames : surnames, random) + givenName(random)

/** With a word more, for when the plain names are taken: 林清晴同学. */
export const longerChineseName = (random: Random): string =>
  chineseName(random) + pick(['儿', '呀', '同学'], random)

function givenName(random: Random): string {
  const kind = random()
  if (kind < 0.2) return pick(singles, random)
  if (kind < 0.85) return pick(beginnings, random) + pick(endings, random)
  return `小${pick(littleThings, random)}`
}

/** What is written one by one here, as a list: characters without spaces, words with them. */
const split = (text: string): string[] => text.split(text.includes(' ') ? ' ' : '')

/**
 * Chosen so that no surname makes a bad word with any given name below. Left out on purpose, for example: 吴
 * (无…), 范 (范桐), 胡 (胡言), 黄, 孙, 侯, 史, 朱, 万.
 */
const surnames = split(
  '李王张刘陈杨赵周徐林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾田董潘蒋蔡余叶程苏魏吕丁沈任姚卢' +
    '傅钟姜崔谭陆汪廖石金韦夏方邹熊孟秦白江薛段雷黎贺顾郝龚邵钱严洪柳陶温安乔',
)

const compoundSurnames = split(
  '欧阳 司马 上官 诸葛 慕容 东方 夏侯 皇甫 尉迟 令狐 ' +
    '司徒 轩辕 长孙 宇文 南宫 公孙 端木 百里 闻人 独孤',
)

const singles = split('晴朗舟禾宁悦航溪岚澄瑶辰昕松竹荷月星云晓安然远帆琪珊柠楠森湉蕊霖瑜')

const beginnings = split('小思雨清明若安知景星云晓一嘉文初亦沐锦语')

const endings = split('然晴朗舟禾远宁言悦航溪岚澄瑶辰昕桐松竹荷月霖帆琪')

const littleThings = split(
  '橘子 月亮 星星 团子 饼干 豆豆 鲸鱼 松果 栗子 麦芽 薄荷 芝麻 ' +
    '海獭 雪球 云朵 春卷 布丁 青柠 柚子 雨点 松鼠 汤圆 麻薯 海盐',
)
