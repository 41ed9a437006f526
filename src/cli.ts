#!/usr/bin/env node
import './nursery.js'

// An `import` of it would be read before the nursery is kept small.
await import('./main.js')
