CREATE TABLE expectations (
	programme   TEXT NOT NULL,
	id          TEXT NOT NULL,
	by          TEXT NOT NULL,
	from_mt     INTEGER NOT NULL, -- 1 when who expects it was in the MT when it was said
	of          TEXT NOT NULL,    -- the party
	text        TEXT,             -- NULL when erased
	pillar      TEXT NOT NULL,    -- '' for none
	said        TEXT NOT NULL,    -- the day
	status      TEXT NOT NULL,
	since       TEXT NOT NULL,    -- the day of that status
	answered_by TEXT NOT NULL,    -- '' for nobody yet
	answer      TEXT,             -- the reason or the offer: '' for none, NULL when erased
	promise     TEXT NOT NULL,    -- that answers it, '' for none
	dropped     TEXT,             -- why it was taken back: '' for it was not, NULL when erased
	place       INTEGER NOT NULL, -- where it first stood in the log
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX expectations_by_place ON expectations (programme, from_mt, place DESC);

-- Who is in the MT, so that both directions can be told apart.
CREATE TABLE expectations_mt (
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	PRIMARY KEY (programme, person)
) STRICT, WITHOUT ROWID;
