-- Mission, vision, core values, pillars, ambitions, objectives and behaviours.
CREATE TABLE strategies (
	programme TEXT NOT NULL,
	kind      TEXT NOT NULL CHECK (kind IN ('mission', 'vision', 'value', 'pillar', 'ambition', 'objective', 'behaviour')),
	id        TEXT NOT NULL,
	pillar    TEXT NOT NULL,    -- that it stands under, '' for none
	name      TEXT NOT NULL,    -- of a value or a pillar, '' for others
	text      TEXT NOT NULL,
	whose     TEXT NOT NULL,    -- role of a behaviour, '' for others
	counter   INTEGER NOT NULL, -- 1 for what is no longer done
	year      INTEGER NOT NULL, -- of an ambition or objective, 0 for others
	status    TEXT NOT NULL CHECK (status IN ('proposed', 'adopted', 'retired')),
	since     TEXT NOT NULL,    -- the day of that status
	place     INTEGER NOT NULL, -- where it first stood in the log, which is its order on the sheet
	PRIMARY KEY (programme, kind, id)
) STRICT, WITHOUT ROWID;

-- Everything that was said about them, never changed.
CREATE TABLE strategies_versions (
	programme TEXT NOT NULL,
	kind      TEXT NOT NULL,
	id        TEXT NOT NULL,
	position  INTEGER NOT NULL,
	fact      TEXT NOT NULL, -- the event's name
	day       TEXT NOT NULL,
	by        TEXT NOT NULL,
	name      TEXT NOT NULL, -- '' when the words stayed the same
	text      TEXT NOT NULL,
	why       TEXT,          -- '' for none, NULL when erased
	PRIMARY KEY (programme, kind, id, position)
) STRICT, WITHOUT ROWID;
