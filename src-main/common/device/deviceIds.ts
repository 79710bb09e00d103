/** Devices that can train; apart from their schemas, because the page takes no schema library. */
export const DEVICES = ['native', 'tensorflow', 'webgpu'] as const;
export type DeviceId = (typeof DEVICES)[number];
