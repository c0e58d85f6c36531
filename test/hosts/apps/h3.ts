import type { Host } from '../host.js';

export const hosts: Host[] = [{ name: 'h3', heading: 'h3', packages: ['h3@2'], group: 'node' }];
