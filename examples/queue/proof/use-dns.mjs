// Lets a receiver look up keys at the DNS server of the proof.
import { setServers } from 'node:dns';

setServers([process.env.DNS_SERVER ?? '']);
