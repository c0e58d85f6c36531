/** Tells whether an account identifier is whole, such as `account-1234`: Copernica never sends digits alone. */
export function isAccountId(account: unknown): account is string {
  return typeof account === 'string' && /^(?!\d+$)[\w-]+$/.test(account);
}

/** Gives an account identifier one spelling: `Account_1234` is the same as `account-1234`. */
export function normalizeAccount(account: string): string {
  return account.toLowerCase().replaceAll('_', '-');
}
