import { Button, MessageBar, MessageBarBody, Spinner } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountView } from "../generated";
import { placeOf, useGoTo } from "../frame/go-to";
import { Page } from "../frame/page";
import { host } from "../host";
import { CheckList } from "../parts/check-list";
import { ErrorBar } from "../parts/error-bar";
import { Sure } from "../parts/sure";
import { useStatus } from "../parts/use-status";
import { t } from "../texts";
import { AddAccount } from "./add";
import { EditAccount } from "./edit";
import { Password } from "./password";

function AccountCard({ account }: { account: AccountView }) {
  const client = useQueryClient();
  const missing = useStatus().data?.missing_passwords.includes(account.name) ?? false;
  const test = useMutation({ mutationFn: async () => host.testAccount(account.name) });
  const remove = useMutation({
    mutationFn: async () => host.removeAccount(account.name),
    onSuccess: async () => client.invalidateQueries({ queryKey: ["accounts"] }),
  });
  return (
    <section id={placeOf(account.name)} className="card column" aria-label={account.name}>
      <h2>{account.name}</h2>
      {missing && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("acc-missing")}</MessageBarBody>
        </MessageBar>
      )}
      <dl>
        <dt>{t("dir-kind")}</dt>
        <dd>{t(`kind-${account.kind}`)}</dd>
        <dt>{t("dir-servers")}</dt>
        <dd>{account.servers.join(", ")}</dd>
        <dt>{t("dir-security")}</dt>
        <dd>{t(`dir-${account.security}`)}</dd>
        <dt>{t("cred-bind")}</dt>
        <dd>{account.bind_name}</dd>
        {account.ca_fingerprints.map((f) => [
          <dt key="t">SHA-256</dt>,
          <dd key={f} className="mono">
            {f}
          </dd>,
        ])}
      </dl>
      <div className="row">
        <Button
          disabled={test.isPending}
          onClick={() => {
            test.mutate();
          }}
        >
          {t("acc-test")}
        </Button>
        <Sure
          question={t("acc-remove-sure", { name: account.name })}
          onYes={() => {
            remove.mutate();
          }}
        />
      </div>
      <ErrorBar error={test.error ?? remove.error} />
      {test.data && <CheckList checks={test.data} />}
      <Password account={account.name} />
      <EditAccount account={account} />
    </section>
  );
}

export function Accounts() {
  const list = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const [adding, setAdding] = useState(false);
  useGoTo(list.isSuccess);
  const words = { title: t("nav-accounts"), purpose: t("page-accounts") };
  if (!list.data)
    return (
      <Page {...words}>
        {list.error ? <ErrorBar error={list.error} /> : <Spinner label={t("state-loading")} />}
      </Page>
    );
  const add = (
    <Button
      appearance="primary"
      icon={<AddRegular />}
      disabled={adding}
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("acc-add")}
    </Button>
  );
  return (
    <Page {...words} commands={add}>
      {adding && (
        <AddAccount
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {list.data.length === 0 ? (
        <p>{t("acc-empty")}</p>
      ) : (
        list.data.map((a) => <AccountCard key={a.name} account={a} />)
      )}
    </Page>
  );
}
