// Comfort, not need: every page reads and saves without this. Nothing typed is kept in the browser.

import { putAway } from "./away.js";
import { keepDrafts } from "./drafts.js";
import { instantFind } from "./find.js";
import { liveLab } from "./lab.js";
import { focusFirst, openForPrint, ownTimeZone, showWhenAsked } from "./page.js";
import { switchTheme } from "./theme.js";

focusFirst(document);
openForPrint(document);
ownTimeZone(document);
showWhenAsked(document);
switchTheme(document);
instantFind(document);
keepDrafts(document);
liveLab(document);
putAway(document);
