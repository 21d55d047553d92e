import { Button, Spinner } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useGoTo } from "../frame/go-to";
import { Page } from "../frame/page";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { Empty } from "../parts/empty";
import { t } from "../texts";
import { AddAccount } from "./add";
import { AccountCard } from "./card";

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
      {list.data.length === 0
        ? !adding && (
            <Empty
              title={t("acc-empty-title")}
              hint={t("acc-empty-hint")}
              action={t("acc-add")}
              onAction={() => {
                setAdding(true);
              }}
            />
          )
        : list.data.map((a) => <AccountCard key={a.name} account={a} />)}
    </Page>
  );
}
