import { pick, type Random } from './pick.js'

/** An adjective and an animal: `Sunny Otter`. With ` 999` behind it, still no longer than 20 characters. */
export const englishName = (random: Random): string =>
  `${pick(adjectives, random)} ${pick(animals, random)}`

const adjectives = words(
  'Able Amber Bold Brave Breezy Bright Bubbly Calm Candid Cheery Clever Cosy Crisp Daring Dreamy Eager',
  'Early Fair Fond Fresh Gentle Glad Golden Happy Hearty Honest Humble Jolly Joyful Keen Kind Lively Loyal',
  'Lucky Mellow Merry Mighty Minty Neat Nimble Noble Patient Peachy Perky Polite Proud Quick Quiet Ready',
  'Rosy Silver Sincere Smiling Snug Solar Spry Steady Sunny Swift Tidy True Warm Wise Witty Zesty',
)

const animals = words(
  'Alpaca Badger Beaver Bee Bison Canary Cat Cicada Corgi Crane Cricket Deer Dolphin Dove Duckling Falcon',
  'Fawn Ferret Finch Firefly Fox Gecko Gibbon Giraffe Goose Hare Hedgehog Heron Ibex Jay Kestrel Kitten',
  'Kiwi Koala Ladybug Lark Lemur Llama Lynx Magpie Manatee Marmot Marten Moth Narwhal Newt Octopus Oriole',
  'Otter Owl Panda Parrot Pelican Penguin Pigeon Plover Pony Puffin Puppy Quail Rabbit Raccoon Raven Robin',
  'Seal Sparrow Squirrel Starling Stork Swallow Swan Tapir Tern Tortoise Toucan Turtle Whale Wombat Wren Yak',
).filter((animal) => animal.length <= 8)

function words(...lines: string[]): string[] {
  return lines.join(' ').split(' ')
}
