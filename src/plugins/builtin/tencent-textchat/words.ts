export interface Words {
  noEndpoint: string
  noKeys: string
  badEndpoint: string
}

/** What the host is told at start: what is missing, and the way out. The log takes 200 characters of each. */
export const words: Readonly<Record<'zh' | 'en', Words>> = {
  zh: {
    noEndpoint:
      '没有 endpoint：腾讯的这个服务已经关闭，机器人用离线小脑袋回答。要试教程里的协议，请运行 scripts/fake-textchat，把 endpoint 写成它给出的地址。',
    noKeys: '没有 app_id 或 app_key，机器人用离线小脑袋回答。请把两个都写上。',
    badEndpoint: 'endpoint 要写 http:// 或 https:// 开头的地址，里面不能有用户名和密码。',
  },
  en: {
    noEndpoint:
      'There is no endpoint, as Tencent closed the service: the bot answers offline. To try the protocol, run scripts/fake-textchat and set endpoint to the address it prints.',
    noKeys: 'app_id or app_key is missing: the bot answers offline. Set both of them.',
    badEndpoint: 'endpoint must start with http:// or https:// and hold no user and password.',
  },
}

/** Those for the console: in the language of the environment. */
export const consoleWords = ({ LC_ALL, LANGUAGE, LANG }: NodeJS.ProcessEnv = process.env): Words =>
  words[(LC_ALL || LANGUAGE || LANG || '').startsWith('zh') ? 'zh' : 'en']
