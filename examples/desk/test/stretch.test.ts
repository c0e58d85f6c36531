import { expect, it } from 'vitest';
import { findStretch } from '../public/stretch.js';

/** So many steps with the same count. */
const steps = (count: number, each: number) => Array<number>(count).fill(each);

it.each([
  ['nothing', steps(24, 0), steps(24, 9), undefined],
  ['no failure at all', steps(24, 0), steps(24, 0), undefined],
  ['a usual share', steps(24, 1), steps(24, 10), undefined],
  [
    'two refusals of three failures',
    [...steps(22, 0), 1, 1],
    [1, ...steps(21, 0), 1, 1],
    undefined,
  ],
  [
    'a large share all the time',
    steps(24, 5),
    steps(24, 10),
    { first: 0, last: 23, hasBegun: false, hasEnded: false },
  ],
  [
    'a share that begins',
    [...steps(18, 1), ...steps(12, 45)],
    [...steps(18, 22), ...steps(12, 65)],
    { first: 18, last: 29, hasBegun: true, hasEnded: false },
  ],
  [
    'a share that begins within a step',
    [...steps(18, 1), 9, ...steps(11, 45)],
    [...steps(18, 22), 30, ...steps(11, 65)],
    { first: 18, last: 29, hasBegun: true, hasEnded: false },
  ],
  [
    'a share that begins within the longest step',
    [...steps(3, 0), 2, 480, 594],
    [...steps(3, 0), 30, 900, 850],
    { first: 4, last: 5, hasBegun: true, hasEnded: false },
  ],
  [
    'a share that begins and ends',
    [...steps(10, 0), ...steps(5, 20), ...steps(15, 0)],
    [...steps(10, 10), ...steps(5, 30), ...steps(15, 10)],
    { first: 10, last: 14, hasBegun: true, hasEnded: true },
  ],
  [
    'a share that falls, but stays large',
    [...steps(10, 1), ...steps(10, 95), ...steps(10, 50)],
    [...steps(10, 10), ...steps(20, 100)],
    { first: 10, last: 29, hasBegun: true, hasEnded: false },
  ],
  [
    'one other failure after it, which may be chance',
    [...steps(20, 0), 8, 9, 10, 0],
    [...steps(20, 9), 10, 10, 11, 1],
    { first: 20, last: 22, hasBegun: true, hasEnded: false },
  ],
  [
    'silence before it',
    [...steps(20, 0), 5, 4, 0, 0],
    [...steps(20, 0), 5, 4, 0, 0],
    { first: 20, last: 21, hasBegun: false, hasEnded: false },
  ],
  [
    'a second stretch that still goes on',
    [...steps(3, 0), ...steps(7, 50), ...steps(15, 0), ...steps(5, 50)],
    steps(30, 50),
    { first: 25, last: 29, hasBegun: true, hasEnded: false },
  ],
])('a stretch of refusals is found in: %s', (_, refused, all, stretch) => {
  expect(findStretch(refused, all)).toEqual(stretch);
});
