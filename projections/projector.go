package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"koersvast/domain"
)

var (
	// ErrFilling means that there are no tables to read yet: they are being
	// filled from the log.
	ErrFilling = domain.Refuse(domain.Unavailable, "tables_filling", "this is being built up from the log; try again in a moment")

	// ErrOtherLog means that the log is not the one from which the tables
	// were made: it has lost acts, or it is another one. A rebuild cures the
	// tables, but not the log.
	ErrOtherLog = errors.New("projections: the tables were made from another log")
)

// Options are what a [Projector] can do without.
type Options struct {
	// Patience is how long the log may be ahead of the tables before that is
	// a reason for concern; five seconds when it is zero.
	Patience time.Duration

	// Observe hears of every batch, on the goroutine that applies them.
	Observe func(Batch)
}

// A Projector keeps the tables of all models up with the log.
type Projector struct {
	dir     string
	models  []Model
	options Options

	working sync.Mutex // held while the tables in use move
	live    *tables    // nil until there are any
	checked bool       // that they were made from this log

	mu         sync.Mutex
	readers    *readers // nil until there are any
	generation int      // of the newest file, finished or not
	state      State
	since      time.Time     // when the run began that is under way
	moved      chan struct{} // closed when state or position changes
	programmes map[domain.ProgrammeID]*change
	floor      domain.Position // before which we do not know what changed
}

// A change is what happened last in a programme.
type change struct {
	at   domain.Position
	next chan struct{} // nil when nobody waits for it
}

// A State is how a [Projector] is doing.
type State struct {
	Position domain.Position // up to where the log can be read in the tables
	Applied  time.Time       // when that was reached; zero if not since the start
	Behind   time.Duration   // how long the log has been ahead; zero if it is not

	Filling bool            // a new file is being filled
	Filled  domain.Position // up to where

	Err error // why nothing moves; nil if all is well
}

// Open returns a Projector of the tables in a folder, which continues where
// it was left. Tables that were filled by other models, or are no longer
// readable, are filled anew when it first catches up; until then the old file
// stays as it is. One Projector at a time uses a folder.
func Open(ctx context.Context, dir string, models []Model, options Options) (*Projector, error) {
	if options.Patience == 0 {
		options.Patience = 5 * time.Second
	}
	newest, err := newestFile(dir)
	if err != nil {
		return nil, err
	}
	p := &Projector{
		dir: dir, models: models, options: options, generation: newest,
		moved: make(chan struct{}), programmes: map[domain.ProgrammeID]*change{},
	}
	if newest == 0 {
		return p, nil
	}
	path := filePath(dir, newest)
	if err := p.use(ctx, path); err != nil && !errors.Is(err, errOutdated) && !unreadable(err) {
		return nil, fmt.Errorf("projections: %s: %w", path, err)
	}
	return p, nil
}

// unreadable reports whether a file holds no tables of ours.
func unreadable(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrError) ||
		errors.Is(err, sql.ErrNoRows)
}

// Run applies acts as the log grows. It returns nil when ctx ends, and
// otherwise with the error that it cannot get past: a model that fails, or a
// log that is damaged. A log that is unavailable is asked again.
func (p *Projector) Run(ctx context.Context, src Source) error {
	for {
		grown := src.Grown()
		err := p.CatchUp(ctx, src)
		var again <-chan time.Time
		switch {
		case ctx.Err() != nil:
			return nil
		case domain.KindOf(err) == domain.Unavailable:
			again = time.After(time.Second)
		case err != nil:
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-grown:
		case <-again:
		}
	}
}

// CatchUp applies the acts that the log has now. When it fails, the tables
// stand at the last act before that which is known to be whole.
func (p *Projector) CatchUp(ctx context.Context, src Source) error {
	p.working.Lock()
	defer p.working.Unlock()
	p.began()
	err := p.catchUp(ctx, src)
	p.ended(ctx, err)
	return err
}

func (p *Projector) catchUp(ctx context.Context, src Source) error {
	if p.live == nil {
		fresh, err := p.fill(ctx, src)
		if err != nil {
			return err
		}
		return p.publish(ctx, fresh)
	}
	if !p.checked {
		if err := sameLog(ctx, src, p.live.at); err != nil {
			return err
		}
		p.checked = true
	}
	err := p.live.follow(ctx, src.After(ctx, p.live.at.position), following, p.applied)
	if err != nil && ctx.Err() == nil {
		err = p.live.follow(ctx, src.After(ctx, p.live.at.position), oneByOne, p.applied)
	}
	return err
}

// sameLog makes sure that the log still has the act at which we stand.
func sameLog(ctx context.Context, src Source, at mark) error {
	if at.position == 0 {
		return nil
	}
	for rec, err := range src.After(ctx, at.position-1) {
		switch {
		case err != nil:
			return err
		case rec.Position == at.position && rec.ID == at.act:
			return nil
		default:
			return fmt.Errorf("%w: they stand at %d with act %s, where it has act %s at %d", ErrOtherLog, at.position, at.act, rec.ID, rec.Position)
		}
	}
	return fmt.Errorf("%w: they stand at %d, which it does not reach", ErrOtherLog, at.position)
}

// Rebuild fills a new file from the start of the log, while the old one is
// read and kept up, and then lets it take the old one's place. Reads that are
// under way end on the old one. When it fails, the old one stays in use.
func (p *Projector) Rebuild(ctx context.Context, src Source) error {
	fresh, err := p.fill(ctx, src)
	if err != nil {
		return err
	}
	p.working.Lock()
	defer p.working.Unlock()
	if err := fresh.follow(ctx, src.After(ctx, fresh.at.position), filling, p.filled); err != nil {
		return p.discard(fresh.path, err, fresh.close())
	}
	return p.publish(ctx, fresh)
}

// fill makes a new file of all that the log has. It is worth nothing until it
// is published, so that filling waits for no disk.
func (p *Projector) fill(ctx context.Context, src Source) (*tables, error) {
	p.mu.Lock()
	p.generation++
	path := filePath(p.dir, p.generation) + unfinished
	p.state.Filling, p.state.Filled = true, 0
	p.mu.Unlock()

	fresh, err := createTables(ctx, path, toFill, p.models)
	if err != nil {
		return nil, p.discard(path, err)
	}
	err = fresh.follow(ctx, ahead(ctx, src, 0), filling, p.filled)
	if err == nil {
		err = fresh.index(ctx)
	}
	if err != nil {
		return nil, p.discard(path, err, fresh.close())
	}
	return fresh, nil
}

// discard gives up a file that was being filled.
func (p *Projector) discard(path string, why ...error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state.Filling = false
	_ = os.Remove(path) // or the next start does
	return errors.Join(why...)
}

// publish makes a filled file last, and lets it take the old one's place.
func (p *Projector) publish(ctx context.Context, fresh *tables) error {
	old := p.live
	if p.checked && old != nil && fresh.at.position < old.at.position {
		err := fmt.Errorf("%w: it ends at %d, before %d", ErrOtherLog, fresh.at.position, old.at.position)
		return p.discard(fresh.path, err, fresh.close())
	}
	path := strings.TrimSuffix(fresh.path, unfinished)
	err := fresh.close()
	if err == nil {
		err = finish(fresh.path, path)
	}
	if err == nil {
		err = p.use(ctx, path)
	}
	if err != nil {
		return p.discard(fresh.path, err)
	}
	p.checked = true
	if old != nil {
		err = old.close()
	}
	return errors.Join(err, removeOthers(path))
}

// use reads and writes the tables of a file from now on.
func (p *Projector) use(ctx context.Context, path string) error {
	live, err := resumeTables(ctx, path, toFollow, p.models)
	if err != nil {
		return err
	}
	db, err := OpenReader(path)
	if err != nil {
		return errors.Join(err, live.close())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.readers != nil {
		go p.readers.close()
	}
	p.live, p.readers = live, &readers{db: db}
	p.state.Filling, p.state.Position = false, live.at.position
	p.floor = live.at.position
	for _, c := range p.programmes {
		c.tell(live.at.position)
	}
	p.tellAll()
	return nil
}

// applied tells everyone of a batch that can be read now.
func (p *Projector) applied(b Batch, changed map[domain.ProgrammeID]domain.Position) {
	p.mu.Lock()
	p.state.Position, p.state.Applied = b.Position, time.Now()
	for programme, at := range changed {
		p.programme(programme).tell(at)
	}
	p.tellAll()
	p.mu.Unlock()
	p.observe(b)
}

// filled tells of a batch that can not be read yet.
func (p *Projector) filled(b Batch, _ map[domain.ProgrammeID]domain.Position) {
	p.mu.Lock()
	p.state.Filled = b.Position
	p.mu.Unlock()
	b.Filling = true
	p.observe(b)
}

func (p *Projector) observe(b Batch) {
	if p.options.Observe != nil {
		p.options.Observe(b)
	}
}

// began and ended mark a run over what the log has.
func (p *Projector) began() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = time.Now()
}

func (p *Projector) ended(ctx context.Context, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = time.Time{}
	if err != nil && ctx.Err() != nil {
		return // being told to stop is no failure
	}
	p.state.Err = err
	p.tellAll()
}

// Read lets f ask questions of the tables, which stand still at one position
// meanwhile. It fails with [ErrFilling] when there are no tables yet. What f
// has read is worth no more than the moment: it keeps no rows and no Reader.
func (p *Projector) Read(ctx context.Context, f func(r Reader, at domain.Position) error) error {
	p.mu.Lock()
	r := p.readers
	if r == nil {
		p.mu.Unlock()
		return ErrFilling
	}
	r.users.Add(1)
	p.mu.Unlock()
	defer r.users.Done()
	return ask(ctx, r.db, f)
}

// Position reports up to where the log can be read in the tables.
func (p *Projector) Position() domain.Position { return p.State().Position }

// State reports how the projector is doing.
func (p *Projector) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.state
	if !p.since.IsZero() {
		s.Behind = time.Since(p.since)
	}
	return s
}

// Ready returns nil when the tables can be read and are up with the log, and
// otherwise why not.
func (p *Projector) Ready() error {
	p.mu.Lock()
	filled := p.readers != nil
	p.mu.Unlock()
	switch s := p.State(); {
	case s.Err != nil:
		return s.Err
	case !filled:
		return fmt.Errorf("%w (at %d)", ErrFilling, s.Filled)
	case s.Behind > p.options.Patience:
		return fmt.Errorf("projections: behind the log for %v, at %d", s.Behind.Round(time.Second), s.Position)
	}
	return nil
}

// Wait returns when pos can be read in the tables. It fails when ctx ends
// first, or when the projector cannot get there.
func (p *Projector) Wait(ctx context.Context, pos domain.Position) error {
	for {
		p.mu.Lock()
		s, moved := p.state, p.moved
		p.mu.Unlock()
		switch {
		case s.Position >= pos:
			return nil
		case s.Err != nil:
			return s.Err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		}
	}
}

// Changed returns the position at which a programme's tables last changed,
// and a channel that is closed when they do so next. A page that was read at
// an earlier position is no longer what it would be now.
func (p *Projector) Changed(programme domain.ProgrammeID) (at domain.Position, next <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.programme(programme)
	if c.next == nil {
		c.next = make(chan struct{})
	}
	return c.at, c.next
}

func (p *Projector) programme(id domain.ProgrammeID) *change {
	c := p.programmes[id]
	if c == nil {
		c = &change{at: p.floor}
		p.programmes[id] = c
	}
	return c
}

func (c *change) tell(at domain.Position) {
	c.at = at
	if c.next != nil {
		close(c.next)
		c.next = nil
	}
}

// tellAll wakes everyone who waits for a position.
func (p *Projector) tellAll() {
	close(p.moved)
	p.moved = make(chan struct{})
}

// Close waits for the reads that are under way, and leaves one file with all
// that was applied.
func (p *Projector) Close() error {
	p.working.Lock()
	defer p.working.Unlock()
	p.mu.Lock()
	r, live := p.readers, p.live
	p.readers, p.live = nil, nil
	p.mu.Unlock()
	if live == nil {
		return nil
	}
	// SQLite folds the journal into the file when the last connection closes,
	// which readers are not allowed to.
	return errors.Join(r.close(), live.close())
}
