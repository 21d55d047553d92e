import type { Account } from "./Account";

export interface NewAccount {
  account: Account;
  expect_ad?: boolean;
  password: string;
  untested: boolean;
}
