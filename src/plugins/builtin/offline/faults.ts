/** What is wrong with a host's settings or brain files and the way out, for the console. */
export const faultsIn = {
  zh: {
    noZone: (zone: string) =>
      `没有「${zone}」这个时区。time_zone 要写 IANA 的名字，例如 Asia/Shanghai；留空就用这台电脑的时区。`,
    noFile: (path: string) => `读不了 brain 里的文件 ${path}。请检查路径和权限。`,
    nothingFixed: (pattern: string) =>
      `模式「${pattern}」里没有固定的字。请至少写一个字，例如「我喜欢*」。`,
    noPattern: '这一行前面没有规则。请先写「? 模式」，再写「- 回答」。',
    emptyReply: '「-」后面没有回答。请写上要说的话，或删掉这一行。',
    noReply: '这条规则没有回答。请在下面加一行「- 回答」或「@技能」。',
    noSkill: (name: string, known: string) => `没有叫「${name}」的技能。可以用：${known}。`,
    noSign: (sign: string) =>
      `不认识以「${sign}」开头的行。每行以 ?、-、@、:、# 开头，或者是 [zh]、[en]。`,
  },
  en: {
    noZone: (zone: string) =>
      `There is no time zone "${zone}". time_zone takes an IANA name such as Asia/Shanghai; leave it empty for that of the computer.`,
    noFile: (path: string) =>
      `The file ${path} of brain cannot be read. Check its path and permissions.`,
    nothingFixed: (pattern: string) =>
      `The pattern "${pattern}" has no fixed word. Write at least one, as in "i like *".`,
    noPattern: 'No rule stands before this line. Write "? pattern" first, then "- reply".',
    emptyReply: 'Nothing follows the "-". Write what to say, or delete the line.',
    noReply: 'This rule has no answer. Add a line "- reply" or "@skill" below it.',
    noSkill: (name: string, known: string) => `There is no skill "${name}". Known are: ${known}.`,
    noSign: (sign: string) =>
      `A line cannot start with "${sign}". It starts with ?, -, @, : or #, or is [zh] or [en].`,
  },
}
