/** Bots as files: why one cannot be used, said to its author on the console. In Chinese. */
export const dropInZhCN = {
  /** Behind the place, `bots/dice.js:3: `. */
  reasons: {
    noDefault:
      '没有默认导出。请写 export default (ctx, next) => { … }，或导出 { name, api: 1, setup(host, config) { … } }',
    wrongApi: '它是按接口版本 {api} 写的，这个服务器的版本是 1。请写 api: 1',
    badConfig: 'config 要写成 { 键: { type, help } } 这样的对象',
    badField: 'config 里的“{key}”写得不对：type 要从这些里选一个：{types}；enum 还要有 values: […]',
    unsupported: '{what}。这里只去掉类型，剩下的要是普通的 JavaScript',
    noPackage: '没有安装 {name} 这个包。请在配置文件所在的目录运行：npm i {name}',
    noImport: '它要导入 {path}，但是没有这个文件。请检查路径',
  },
}
