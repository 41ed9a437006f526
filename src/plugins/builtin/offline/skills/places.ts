/** A place whose time the bird can tell. */
export interface Place {
  readonly zone: string
  readonly names: { readonly zh: string; readonly en: string }
}

/** The place that is named in a text, such as `东京` in `东京现在几点`. */
export function placeIn(text: string): Place | undefined {
  const asked = ` ${text.toLowerCase().replace(/[^\p{L}]+/gu, ' ')} `
  return places.find(
    ({ names: { zh, en } }) => asked.includes(zh) || asked.includes(` ${en.toLowerCase()} `),
  )
}

const places: readonly Place[] = [
  ['Asia/Shanghai', '北京', 'Beijing'],
  ['Asia/Shanghai', '上海', 'Shanghai'],
  ['Asia/Shanghai', '广州', 'Guangzhou'],
  ['Asia/Shanghai', '深圳', 'Shenzhen'],
  ['Asia/Shanghai', '中国', 'China'],
  ['Asia/Hong_Kong', '香港', 'Hong Kong'],
  ['Asia/Taipei', '台北', 'Taipei'],
  ['Asia/Tokyo', '东京', 'Tokyo'],
  ['Asia/Tokyo', '日本', 'Japan'],
  ['Asia/Seoul', '首尔', 'Seoul'],
  ['Asia/Singapore', '新加坡', 'Singapore'],
  ['Asia/Bangkok', '曼谷', 'Bangkok'],
  ['Asia/Kolkata', '德里', 'Delhi'],
  ['Asia/Dubai', '迪拜', 'Dubai'],
  ['Europe/Moscow', '莫斯科', 'Moscow'],
  ['Africa/Cairo', '开罗', 'Cairo'],
  ['Africa/Nairobi', '内罗毕', 'Nairobi'],
  ['Europe/Berlin', '柏林', 'Berlin'],
  ['Europe/Paris', '巴黎', 'Paris'],
  ['Europe/Rome', '罗马', 'Rome'],
  ['Europe/Madrid', '马德里', 'Madrid'],
  ['Europe/London', '伦敦', 'London'],
  ['America/Sao_Paulo', '圣保罗', 'Sao Paulo'],
  ['America/New_York', '纽约', 'New York'],
  ['America/Toronto', '多伦多', 'Toronto'],
  ['America/Chicago', '芝加哥', 'Chicago'],
  ['America/Los_Angeles', '洛杉矶', 'Los Angeles'],
  ['America/Los_Angeles', '旧金山', 'San Francisco'],
  ['America/Los_Angeles', '西雅图', 'Seattle'],
  ['America/Vancouver', '温哥华', 'Vancouver'],
  ['Pacific/Honolulu', '夏威夷', 'Hawaii'],
  ['Australia/Sydney', '悉尼', 'Sydney'],
  ['Pacific/Auckland', '奥克兰', 'Auckland'],
].map(([zone = '', zh = '', en = '']) => ({ zone, names: { zh, en } }))
