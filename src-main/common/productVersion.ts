import manifest from '../../package.json' with { type: 'json' };

/** Version of the product: that of package.json, the one place where it is written. */
export const PRODUCT_VERSION: string = manifest.version;
