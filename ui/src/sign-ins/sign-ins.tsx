import { Button, SearchBox, Select, Spinner, Tab, TabList } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { PersonQuestionMarkRegular } from "@fluentui/react-icons/svg/person-question-mark";
import { useDeferredValue, useId, useState } from "react";
import { Explain } from "../explain/explain";
import { Page } from "../frame/page";
import { ErrorBar } from "../parts/error-bar";
import { usePart } from "../screens";
import { t, toTheSecond } from "../texts";
import { Chips } from "./chips";
import { List } from "./list";
import { RANGES, type Range } from "./ranges";
import { FAILED, KINDS, useSignIns, type Kind } from "./use-sign-ins";

/** What of it is asked for; `null` is explained: nobody yet, a name is typed first. */
function useAsked() {
  const part = usePart();
  const [kind, setKind] = useState<Kind>(KINDS.find((one) => one === part) ?? "sign_ins");
  const [range, setRange] = useState<Range>("day");
  const [outcome, setOutcome] = useState(part === FAILED ? FAILED : "");
  const [search, setSearch] = useState("");
  return {
    asked: { kind, range, outcome, search: useDeferredValue(search.trim()) },
    search,
    setRange,
    setOutcome,
    setSearch,
    setKind: (next: Kind) => {
      setKind(next);
      setOutcome("");
    },
  };
}

function Filters({
  range,
  search,
  onRange,
  onSearch,
}: {
  range: Range;
  search: string;
  onRange: (range: Range) => void;
  onSearch: (text: string) => void;
}) {
  return (
    <div className="row filters">
      <Select
        aria-label={t("sign-range")}
        value={range}
        onChange={(_e, d) => {
          onRange(d.value as Range);
        }}
      >
        {(Object.keys(RANGES) as Range[]).map((one) => (
          <option key={one} value={one}>
            {t(`sign-range-${one}`)}
          </option>
        ))}
      </Select>
      <SearchBox
        className="filter-search"
        aria-label={t("sign-search")}
        placeholder={t("sign-search")}
        title={t("sign-search-hint")}
        value={search}
        onChange={(_e, d) => {
          onSearch(d.value);
        }}
      />
    </div>
  );
}

export function SignIns() {
  const { asked, search, setKind, setRange, setOutcome, setSearch } = useAsked();
  const { kind } = asked;
  const found = useSignIns(asked);
  const [explained, setExplained] = useState<string | null>(null);
  const panel = useId();
  const commands = (
    <>
      <Button icon={<ArrowClockwiseRegular />} onClick={found.refresh}>
        {t("sign-refresh")}
      </Button>
      <Button
        icon={<PersonQuestionMarkRegular />}
        onClick={() => {
          setExplained("");
        }}
      >
        {t("sign-explain-name")}
      </Button>
    </>
  );
  return (
    <Page title={t("nav-sign_ins")} purpose={t("page-sign_ins")} commands={commands}>
      <div className="column sign-ins">
        <div className="row spread">
          <TabList
            aria-label={t("sign-tabs")}
            selectedValue={kind}
            onTabSelect={(_e, d) => {
              setKind(d.value as Kind);
            }}
          >
            {KINDS.map((one) => (
              <Tab key={one} value={one} aria-controls={panel}>
                {t(`sign-tab-${one}`)}
              </Tab>
            ))}
          </TabList>
          <Filters range={asked.range} search={search} onRange={setRange} onSearch={setSearch} />
        </div>
        <div role="tabpanel" id={panel} aria-label={t(`sign-tab-${kind}`)} className="column tight">
          <Chips {...found} chosen={asked.outcome} onChoose={setOutcome} />
          <div className="row spread muted">
            <span role="status">{found.pages.isSuccess && t(`sign-total-${kind}`, { n: found.total })}</span>
            <span className="small">{t("sign-as-of", { at: toTheSecond(found.at) })}</span>
          </div>
          <ErrorBar error={found.pages.error} />
          {found.pages.isPending && <Spinner label={t("state-loading")} />}
          {found.pages.data && (
            <List
              key={JSON.stringify(asked)}
              kind={kind}
              found={found}
              filtered={asked.outcome !== "" || asked.search !== ""}
              onAll={() => {
                setOutcome("");
                setSearch("");
              }}
              onExplain={setExplained}
            />
          )}
        </div>
      </div>
      {explained !== null && (
        <Explain
          first={explained}
          onClose={() => {
            setExplained(null);
          }}
        />
      )}
    </Page>
  );
}
