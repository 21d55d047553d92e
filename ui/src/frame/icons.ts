import type { FluentIcon } from "@fluentui/react-icons";
import { ArrowSyncCircleFilled, ArrowSyncCircleRegular } from "@fluentui/react-icons/svg/arrow-sync-circle";
import { BranchForkFilled, BranchForkRegular } from "@fluentui/react-icons/svg/branch-fork";
import { HistoryFilled, HistoryRegular } from "@fluentui/react-icons/svg/history";
import { HomeFilled, HomeRegular } from "@fluentui/react-icons/svg/home";
import { PeopleFilled, PeopleRegular } from "@fluentui/react-icons/svg/people";
import { PersonKeyFilled, PersonKeyRegular } from "@fluentui/react-icons/svg/person-key";
import { QuestionCircleFilled, QuestionCircleRegular } from "@fluentui/react-icons/svg/question-circle";
import { ServerFilled, ServerRegular } from "@fluentui/react-icons/svg/server";
import { SettingsFilled, SettingsRegular } from "@fluentui/react-icons/svg/settings";
import { StethoscopeFilled, StethoscopeRegular } from "@fluentui/react-icons/svg/stethoscope";
import type { Place } from "../screens";

/** An icon of each place: filled where somebody is, regular elsewhere. */
export const ICONS: Record<Place, { here: FluentIcon; elsewhere: FluentIcon }> = {
  overview: { here: HomeFilled, elsewhere: HomeRegular },
  people: { here: PeopleFilled, elsewhere: PeopleRegular },
  imports: { here: ArrowSyncCircleFilled, elsewhere: ArrowSyncCircleRegular },
  mappings: { here: BranchForkFilled, elsewhere: BranchForkRegular },
  accounts: { here: ServerFilled, elsewhere: ServerRegular },
  sign_ins: { here: PersonKeyFilled, elsewhere: PersonKeyRegular },
  activity: { here: HistoryFilled, elsewhere: HistoryRegular },
  diagnostics: { here: StethoscopeFilled, elsewhere: StethoscopeRegular },
  settings: { here: SettingsFilled, elsewhere: SettingsRegular },
  help: { here: QuestionCircleFilled, elsewhere: QuestionCircleRegular },
};
