import { Combobox, Option, OptionGroup } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons/svg/search";
import { useEffect, useRef, useState } from "react";
import { open } from "../screens";
import { t } from "../texts";
import { GROUPS, useFinds } from "./finds";

/** Whether a key asks for the search from anywhere. */
const asks = (e: KeyboardEvent) => (e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "k";

/** One field that leads to everything that has a name. */
export function Search() {
  const [text, setText] = useState("");
  const [shown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const finds = useFinds(text);
  useEffect(() => {
    const focus = (e: KeyboardEvent) => {
      if (!asks(e)) return;
      e.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener("keydown", focus);
    return () => {
      removeEventListener("keydown", focus);
    };
  }, []);
  return (
    <>
      <SearchRegular className="search-icon" fontSize={16} aria-hidden />
      <Combobox
        ref={field}
        className="search"
        freeform
        clearable
        aria-label={t("search-label")}
        placeholder={t("search-hint")}
        expandIcon={null}
        inlinePopup
        value={text}
        open={shown && text.trim() !== ""}
        onOpenChange={(_e, d) => {
          setShown(d.open);
        }}
        selectedOptions={[]}
        onChange={(e) => {
          setText(e.target.value);
          setShown(true);
        }}
        onOptionSelect={(_e, d) => {
          const found = finds.find((one) => one.id === d.optionValue);
          setText("");
          setShown(false);
          if (found) open(found.screen, found.part);
        }}
      >
        {GROUPS.map((group) => {
          const members = finds.filter((one) => one.group === group);
          return members.length === 0 ? null : (
            <OptionGroup key={group} label={t(`search-group-${group}`)}>
              {members.map((one) => (
                <Option key={one.id} value={one.id} text={one.words} checkIcon={null}>
                  {one.words}
                </Option>
              ))}
            </OptionGroup>
          );
        })}
      </Combobox>
    </>
  );
}
