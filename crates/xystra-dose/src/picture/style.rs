//! Colours of a picture that stands alone: those of the pages, light and dark.

/// CSS of the classes that the picture uses.
pub(super) const STYLE: &str = "\
svg{color-scheme:light dark;--ground:#fffdf9;--ink:#24211c;--ink3:#665e51;--grid:#e6dfd3;--sunk:#eee8de;--band:#dcebe8;\
--mean:#0f6a73;--out:#b3541a;--touch:#8fbab6;--gap:#9c2a20;--fault:#7c5200}\
@media(prefers-color-scheme:dark){svg{--ground:#201e1a;--ink:#f1ebe0;--ink3:#aca291;--grid:#35312b;--sunk:#2a2722;--band:#17383a;\
--mean:#6cc6c6;--out:#f0975a;--touch:#3c7674;--gap:#f4a396;--fault:#edc063}}\
text{font:13px system-ui,sans-serif;fill:var(--ink3)}.head{font-size:20px;font-weight:600;fill:var(--ink)}\
.say{font-size:15px;fill:var(--ink)}.ground{fill:var(--ground)}.grid-ln{fill:none;stroke:var(--grid)}\
.tband{fill:var(--band)}.tkey{fill:none;stroke:var(--band);stroke-width:12}\
.sp{fill:var(--ink);fill-opacity:.05}.sp.out{fill:var(--out);fill-opacity:.12}\
.sn.out{fill:var(--out);font-weight:700}.tr{fill:none;stroke:var(--ink);stroke-width:1.25;stroke-linejoin:round}\
.mn{fill:none;stroke:var(--mean);stroke-width:3.5}.mn.out{stroke:var(--out);stroke-dasharray:5 3}\
.lane{fill:var(--sunk)}.ln-c{fill:var(--touch)}.ln-g{fill:var(--gap)}.ln-f{fill:var(--fault)}";
