// The other side of the benchmark: makes the four variants with sharp, once for each line on standard input, and answers with the
// milliseconds that it took. The first argument is the picture, the second where to put the variants of the last run.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import sharp from 'sharp';

const [pictureFile, outputFolder] = process.argv.slice(2);
const picture = readFileSync(pictureFile);
const jpeg = { quality: 80, chromaSubsampling: '4:2:0' };

// One thread, as a function with one CPU has, and no cache of results.
sharp.concurrency(1);
sharp.cache(false);

// The ways to make the variants; the fastest one on the machine at hand is the one that counts.
const ways = {
  // Every variant from the file, which libjpeg decodes at the scale that suits it (shrink on load).
  async eachFromFile() {
    return {
      large: await sharp(picture).resize(1280).jpeg(jpeg).toBuffer(),
      medium: await sharp(picture).resize(640).jpeg(jpeg).toBuffer(),
      small: await sharp(picture).resize(320).jpeg(jpeg).toBuffer(),
      thumb: await sharp(picture).resize(150, 150).jpeg(jpeg).toBuffer(),
    };
  },
  // The file decoded once, at half its size; the other variants from the pixels of the largest.
  async othersFromLargest() {
    const large = await pixels(sharp(picture).resize(1280));
    return {
      large: await large().jpeg(jpeg).toBuffer(),
      medium: await large().resize(640).jpeg(jpeg).toBuffer(),
      small: await large().resize(320).jpeg(jpeg).toBuffer(),
      thumb: await large().resize(150, 150).jpeg(jpeg).toBuffer(),
    };
  },
  // The file decoded once, at half its size; each variant from the pixels of the next larger one.
  async eachFromNextLarger() {
    const large = await pixels(sharp(picture).resize(1280));
    const medium = await pixels(large().resize(640));
    const small = await pixels(medium().resize(320));
    return {
      large: await large().jpeg(jpeg).toBuffer(),
      medium: await medium().jpeg(jpeg).toBuffer(),
      small: await small().jpeg(jpeg).toBuffer(),
      thumb: await small().resize(150, 150).jpeg(jpeg).toBuffer(),
    };
  },
};

async function pixels(pipeline) {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return () => sharp(data, { raw: info });
}

for await (const way of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const variants = await ways[way]();
  console.log(performance.now() - start);
  for (const [name, content] of Object.entries(variants)) {
    writeFileSync(`${outputFolder}/${name}.jpg`, content);
  }
}
