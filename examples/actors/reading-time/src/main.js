// Says how long it takes to read the texts of its input, one item for each. It is an Actor as Apify
// documents them, with Apify's SDK, and runs at Apify and on the local Apify without a change.

import { Actor } from "apify";

await Actor.init();

const { texts, wordsPerMinute } = await Actor.getInput();
const items = texts.map(({ title, text }) => {
  const words = text.split(/\s+/).filter(Boolean).length;
  return { title, words, minutes: Math.ceil(words / wordsPerMinute) };
});
await Actor.pushData(items);

const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
await Actor.setValue("OUTPUT", { minutes });
await Actor.exit(`${minutes} minutes for ${items.length} texts`);
