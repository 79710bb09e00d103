import sharp from 'sharp';

// Every file is read once, so a cache of operations only costs memory; parallelism is over images, not within one.
sharp.cache(false);
sharp.concurrency(1);

export { sharp };
