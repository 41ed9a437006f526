import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'

type Content = CallToolResult['content'][number]

/** What a tool returned, as text: pictures and sounds are named only. */
export function textOf({ content, structuredContent }: CallToolResult): string {
  const parts = content.map(partOf).filter((part) => part !== '')
  if (parts.length > 0) return parts.join('\n')
  return structuredContent === undefined ? '(nothing)' : JSON.stringify(structuredContent)
}

function partOf(part: Content): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'resource':
      return 'text' in part.resource ? part.resource.text : `[${part.resource.mimeType ?? 'file'}]`
    case 'resource_link':
      return `${part.name}: ${part.uri}`
    default:
      return `[${part.type}: ${part.mimeType}]`
  }
}
