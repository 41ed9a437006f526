import type { Texts } from '../zh-CN.js'

/** Bots as files: why one cannot be used, said to its author on the console. In English. */
export const dropInEn: Texts['dropIn'] = {
  reasons: {
    noDefault:
      'its default export is missing. Write export default (ctx, next) => { … }, or export { name, api: 1, setup(host, config) { … } }',
    wrongApi: 'it is made for api {api}, and this server has 1. Write api: 1',
    badConfig: 'its config must be an object such as { key: { type, help } }',
    badField:
      'the key "{key}" of its config is wrong: its type must be one of {types}, and an enum needs values: […]',
    unsupported: '{what}. Types are only taken out here; what remains must be plain JavaScript',
    noPackage:
      'the package {name} is not installed. In the folder of the configuration file run: npm i {name}',
    noImport: 'it imports {path}, and there is no such file. Please check the path',
  },
}
