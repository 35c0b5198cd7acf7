// Which posts a person wants to see: by account, platform, character and state. Pure.
import type { Account, Post, PostState } from "@/api/shapes";

export interface Filters {
  account?: string;
  platform?: string;
  character?: string;
  state?: PostState;
}

export const anyFilter = (filters: Filters) => countFilters(filters) > 0;

export const countFilters = ({ account, platform, character, state }: Filters) =>
  [account, platform, character, state].filter(Boolean).length;

/** The accounts that the filters leave. */
export function accountsLeft(accounts: readonly Account[], filters: Filters): Account[] {
  return accounts.filter(
    (one) =>
      (!filters.account || one.id === filters.account) &&
      (!filters.platform || one.platform === filters.platform) &&
      (!filters.character || one.character_id === filters.character),
  );
}

export function postsLeft(posts: readonly Post[], filters: Filters, accounts: readonly Account[]): readonly Post[] {
  if (!anyFilter(filters)) return posts;
  const ofCharacter = new Set(
    accounts.filter((one) => one.character_id === filters.character).map((account) => account.id),
  );
  return posts.filter(
    (post) =>
      (!filters.account || post.account.id === filters.account) &&
      (!filters.platform || post.account.platform === filters.platform) &&
      (!filters.character || ofCharacter.has(post.account.id)) &&
      (!filters.state || post.state === filters.state),
  );
}
