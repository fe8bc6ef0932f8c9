package projections

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"koersvast/domain"
)

// A Batch is what one transaction brought.
type Batch struct {
	Acts     int             // how many records
	Position domain.Position // of the last one
	Took     time.Duration   // from the first record to the end of the commit
	Filling  bool            // it went into a new file, which nobody reads yet
}

// A pace says how much goes into one transaction. The first batch of a run is
// small and each next one may be twice as large: what arrives one by one is
// seen at once, and what has piled up soon goes by the thousands.
type pace struct {
	first, most int
	age         time.Duration // after which a batch ends in any case
}

var (
	following = pace{first: 1, most: 10_000, age: 250 * time.Millisecond}
	oneByOne  = pace{first: 1, most: 1, age: time.Hour}
	filling   = pace{first: 50_000, most: 50_000, age: time.Second}
)

// tables are the tables of all models in one database, open for writing,
// with the position that they have reached. One goroutine uses them at a time.
type tables struct {
	path   string
	models []Model
	db     *sql.DB
	tx     *Tx
	at     mark // what is committed

	indexes string // the statements that make those that were postponed

	batch struct {
		open    bool
		last    mark
		acts    int
		began   time.Time
		changed map[domain.ProgrammeID]domain.Position
	}
}

// A mark is a place in the log: a position, and the act that stands there.
type mark struct {
	position domain.Position
	act      domain.ActID
}

// errOutdated means that a file was filled with other models.
var errOutdated = errors.New("projections: filled with other models")

// createTables makes empty tables in a new database, to be filled before they
// are indexed: kept up row by row, indexes are half of the work.
func createTables(ctx context.Context, path, options string, models []Model) (*tables, error) {
	t, err := connectTables(ctx, path, options, models)
	if err != nil {
		return nil, err
	}
	if err := t.create(ctx); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *tables) create(ctx context.Context) error {
	for _, m := range t.models {
		if _, err := t.tx.conn.ExecContext(ctx, m.Schema); err != nil {
			return fmt.Errorf("projections: schema of %s: %w", m.Name, err)
		}
	}
	if err := t.postponeIndexes(ctx); err != nil {
		return fmt.Errorf("projections: indexes: %w", err)
	}
	if err := t.tx.Exec(`CREATE TABLE projector (models TEXT NOT NULL, position INTEGER NOT NULL, act TEXT NOT NULL) STRICT`); err != nil {
		return err
	}
	return t.tx.Exec(`INSERT INTO projector VALUES (?, 0, '')`, contents(t.models))
}

// postponeIndexes drops the indexes of empty tables, until [tables.index].
// Those that are unique stay, because statements can count on them.
func (t *tables) postponeIndexes(ctx context.Context) error {
	var drop string
	err := t.tx.QueryRow(`SELECT coalesce(group_concat(format('DROP INDEX "%w"', name), ';'), ''), coalesce(group_concat(sql, ';'), '')
		FROM (SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE %' ORDER BY rowid)`).Scan(&drop, &t.indexes)
	if err != nil {
		return err
	}
	_, err = t.tx.conn.ExecContext(ctx, drop)
	return err
}

// index makes the indexes that were postponed.
func (t *tables) index(ctx context.Context) error {
	if _, err := t.tx.conn.ExecContext(ctx, t.indexes); err != nil {
		return fmt.Errorf("projections: indexes: %w", err)
	}
	t.indexes = ""
	return nil
}

// resumeTables opens tables as they were left. It fails with errOutdated when
// that was by other models.
func resumeTables(ctx context.Context, path, options string, models []Model) (*tables, error) {
	t, err := connectTables(ctx, path, options, models)
	if err != nil {
		return nil, err
	}
	var filled string
	err = t.tx.QueryRow(`SELECT models, position, act FROM projector`).Scan(&filled, &t.at.position, &t.at.act)
	if err == nil && filled != contents(models) {
		err = errOutdated
	}
	if err != nil {
		return nil, errors.Join(err, t.close())
	}
	t.reset()
	return t, nil
}

func connectTables(ctx context.Context, path, options string, models []Model) (*tables, error) {
	db := open(path, options, 1, tempered)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	t := &tables{path: path, models: models, db: db, tx: &Tx{conn: conn, stmts: map[string]*sql.Stmt{}}}
	t.reset()
	return t, nil
}

// contents says what models a file is filled with. A schema that changed
// under the same name counts as another model.
func contents(models []Model) string {
	var b strings.Builder
	for _, m := range slices.SortedFunc(slices.Values(models), func(a, b Model) int { return cmp.Compare(a.Name, b.Name) }) {
		fmt.Fprintf(&b, "%s %.8x\n", m.Name, sha256.Sum256([]byte(m.Schema)))
	}
	return b.String()
}

// follow applies records, and commits them with their position. It commits
// between acts only: no reader sees half of one. On an error it keeps the
// batches before.
func (t *tables) follow(ctx context.Context, records iter.Seq2[domain.Record, error], p pace, committed func(Batch, map[domain.ProgrammeID]domain.Position)) error {
	size := p.first
	commit := func() error {
		b, changed, err := t.commit()
		if err == nil && b.Acts > 0 {
			committed(b, changed)
		}
		return err
	}
	for rec, err := range records {
		if err != nil {
			return errors.Join(err, t.rollback())
		}
		full := t.batch.acts >= size || t.batch.open && time.Since(t.batch.began) >= p.age
		if full && rec.ID != t.batch.last.act {
			if err := commit(); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			size = min(2*size, p.most)
		}
		if err := t.apply(rec); err != nil {
			return errors.Join(err, t.rollback())
		}
	}
	return commit()
}

func (t *tables) apply(rec domain.Record) error {
	if rec.Position <= t.batch.last.position {
		return fmt.Errorf("projections: the log gave %d after %d", rec.Position, t.batch.last.position)
	}
	if !t.batch.open {
		if err := t.tx.Exec(`BEGIN IMMEDIATE`); err != nil {
			return fmt.Errorf("projections: at %d: %w", rec.Position, err)
		}
		t.batch.open, t.batch.began = true, time.Now()
	}
	t.tx.wrote = false
	if len(rec.Events) > 0 {
		for _, m := range t.models {
			if err := m.Apply(t.tx, rec); err != nil {
				return fmt.Errorf("projections: %s at %d: %w", m.Name, rec.Position, err)
			}
		}
	}
	if t.tx.wrote {
		t.batch.changed[rec.Programme] = rec.Position
	}
	t.batch.last = mark{rec.Position, rec.ID}
	t.batch.acts++
	return nil
}

// commit ends the batch, if there is one, and says what it brought.
func (t *tables) commit() (b Batch, changed map[domain.ProgrammeID]domain.Position, err error) {
	if !t.batch.open {
		return b, nil, nil
	}
	last := t.batch.last
	if err := t.advance(last); err != nil {
		return b, nil, errors.Join(fmt.Errorf("projections: commit at %d: %w", last.position, err), t.rollback())
	}
	b = Batch{Acts: t.batch.acts, Position: last.position, Took: time.Since(t.batch.began)}
	changed = t.batch.changed
	t.at = last
	t.reset()
	return b, changed, nil
}

func (t *tables) advance(to mark) error {
	res, err := t.tx.exec(`UPDATE projector SET position = ?, act = ? WHERE position = ?`, to.position, to.act, t.at.position)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(errors.New("somebody else moved these tables"), err)
	}
	return t.tx.Exec(`COMMIT`)
}

func (t *tables) rollback() (err error) {
	if t.batch.open {
		err = t.tx.Exec(`ROLLBACK`)
	}
	t.reset()
	return err
}

func (t *tables) reset() {
	t.batch.open, t.batch.acts, t.batch.last = false, 0, t.at
	t.batch.changed = map[domain.ProgrammeID]domain.Position{}
}

// close leaves what is committed in the file, and nothing beside it unless
// somebody else has it open.
func (t *tables) close() error {
	for _, stmt := range t.tx.stmts {
		_ = stmt.Close()
	}
	return errors.Join(t.tx.conn.Close(), t.db.Close())
}
