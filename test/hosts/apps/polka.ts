import type { Host } from '../host.js';

export const hosts: Host[] = [
  { name: 'polka', heading: 'polka', packages: ['polka', '@types/polka'], group: 'node' },
];
