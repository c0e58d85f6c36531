// CSV files that try to take the desk's time and memory.
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Query } from '../../database/driver.js';
import { importSuppressions, previewImport } from '../../suppressions/import-csv.js';
import { useFragileDatabase } from '../databases.js';

const database = await useFragileDatabase();

describe('an import', () => {
  it.each(['x', '"', 'a@x.org,', '\ufeff"x'])(
    'refuses 5 MB of a first line that begins with %j in linear time',
    async (start) => {
      const file = Buffer.from(start.padEnd(5_000_000, 'x'));
      let at = 0;
      function* pieces() {
        for (; at < file.length; at += 64) yield file.subarray(at, at + 64);
      }
      const before = process.cpuUsage();
      await expect(importSuppressions(database, Readable.from(pieces()))).rejects.toThrow(/line/);
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(3_000_000);
      expect(at).toBeLessThan(200_000);
    },
  );

  it.each([
    ['an import', importSuppressions],
    ['a preview', previewImport],
  ])(
    'holds one batch of long rows in memory, while the database takes its time: %s',
    async (_, read) => {
      setFlagsFromString('--expose-gc');
      const collect: () => void = runInNewContext('gc');
      const held = () => {
        collect();
        const { heapUsed, external } = process.memoryUsage();
        return heapUsed + external;
      };
      const rows = 1000;
      function* file() {
        yield Buffer.from('address,reason,since,description\n');
        for (let row = 0; row < rows; row += 1) {
          // An address with much white space in front of it: the file is the desk's own, so it needs no `@`.
          const address = `person-number-${row}`.padStart(80_000);
          yield Buffer.from(`${address},${'x'.repeat(9_000)},,${'y'.repeat(9_000)}\n`);
        }
      }
      const before = held();
      let most = 0;
      const query: Query = async (_, [batch] = []) => {
        for (let waited = 0; waited < 100; waited += 1) await turn();
        most = Math.max(most, held() - before);
        // The addresses of a batch are asked for, and then added.
        if (!Array.isArray(batch)) return [{ count: JSON.parse(String(batch)).length }] as never;
        const addresses: string[] = JSON.parse(JSON.stringify(batch));
        return addresses.map((address) => ({ address, isListed: false })) as never;
      };
      const result = await read({ ...database, query }, Readable.from(file()));
      expect(result).toEqual({
        ...{ added: rows, already: 0, takenOff: [], refused: [], refusedTotal: 0 },
        ...{ stoppedAfter: null },
        columns: { address: 'address', reason: 'reason', unread: [], unreadTotal: 0 },
      });
      expect(most).toBeLessThan(60_000_000);
    },
  );
});
