package projections

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"koersvast/domain"
)

// A Past answers the questions of the models as of an earlier position. It
// replays a programme's acts up to there into a database in memory, so that
// nothing of it gets on disk, and keeps the few that were asked for last.
type Past struct {
	models []Model
	acts   Acts
	most   int
	turn   chan struct{} // holds a token while a database is being filled

	mu      sync.Mutex
	moments []*moment // the one asked for last comes last
}

// Acts yields the records of one programme up to and including a position,
// in order.
type Acts func(context.Context, domain.ProgrammeID, domain.Position) iter.Seq2[domain.Record, error]

// NewPast returns a Past of the given models, which keeps at most a number of
// databases, and those that are being read.
func NewPast(models []Model, acts Acts, most int) *Past {
	return &Past{models: models, acts: acts, most: most, turn: make(chan struct{}, 1)}
}

// A moment is a programme as it was at a position.
type moment struct {
	programme domain.ProgrammeID
	at        domain.Position

	// Guarded by the Past.
	users int  // who read it, or wait until they can
	kept  bool // for who comes later

	cancel context.CancelFunc // stops the filling
	ready  chan struct{}      // closed when filling has ended, and with it:
	tables *tables
	db     *sql.DB
	err    error
}

// Read lets f ask questions of a programme's tables as they were at a
// position, and says at which one they stand: that of the programme's last
// act until then. They are filled once for all who ask at the same time.
func (p *Past) Read(ctx context.Context, programme domain.ProgrammeID, at domain.Position, f func(r Reader, at domain.Position) error) error {
	m := p.join(ctx, programme, at)
	defer p.leave(m)
	select {
	case <-m.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if m.err != nil {
		return m.err
	}
	return ask(ctx, m.db, f)
}

// Forget gives up everything that is kept. What is asked from now on is read
// from the log again, where a key may have been destroyed.
func (p *Past) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.moments) > 0 {
		p.drop(p.moments[0])
	}
}

func (p *Past) join(ctx context.Context, programme domain.ProgrammeID, at domain.Position) *moment {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.moments, func(m *moment) bool { return m.programme == programme && m.at == at })
	var m *moment
	if i >= 0 {
		m = p.moments[i]
		p.moments = slices.Delete(p.moments, i, i+1)
	} else {
		m = &moment{programme: programme, at: at, kept: true, ready: make(chan struct{})}
		// It serves others too: whoever asked first may leave.
		ctx, m.cancel = context.WithCancel(context.WithoutCancel(ctx))
		go p.fill(ctx, m)
	}
	m.users++
	p.moments = append(p.moments, m)
	if len(p.moments) > p.most {
		p.drop(p.moments[0])
	}
	return m
}

func (p *Past) leave(m *moment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m.users--
	if m.users == 0 && m.kept && !m.filled() {
		p.drop(m)
		return
	}
	p.settle(m)
}

// drop stops keeping a moment.
func (p *Past) drop(m *moment) {
	m.kept = false
	p.moments = slices.DeleteFunc(p.moments, func(other *moment) bool { return other == m })
	p.settle(m)
}

// settle ends what nobody reads and nobody will.
func (p *Past) settle(m *moment) {
	if m.users > 0 || m.kept {
		return
	}
	m.cancel()
	if m.filled() {
		m.close()
	}
}

func (m *moment) filled() bool {
	select {
	case <-m.ready:
		return true
	default:
		return false
	}
}

// fill replays the acts, one moment after the other: each takes memory.
func (p *Past) fill(ctx context.Context, m *moment) {
	select {
	case p.turn <- struct{}{}:
		m.err = m.replay(ctx, p.models, p.acts(ctx, m.programme, m.at))
		<-p.turn
	case <-ctx.Done():
		m.err = ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	close(m.ready)
	if m.err != nil {
		p.drop(m)
		return
	}
	p.settle(m)
}

// moments number the databases in memory, which the process has in common.
var moments atomic.Uint64

func (m *moment) replay(ctx context.Context, models []Model, acts iter.Seq2[domain.Record, error]) (err error) {
	name := "/koersvast/past/" + strconv.FormatUint(moments.Add(1), 10)
	m.tables, err = createTables(ctx, name, toRecall, models)
	if err != nil {
		return err
	}
	if err := m.tables.follow(ctx, acts, filling, func(Batch, map[domain.ProgrammeID]domain.Position) {}); err != nil {
		return err
	}
	if err := m.tables.index(ctx); err != nil {
		return err
	}
	m.db, err = openReader(name, "vfs=memdb")
	return err
}

func (m *moment) close() {
	if m.db != nil {
		_ = m.db.Close()
	}
	if m.tables != nil {
		_ = m.tables.close()
	}
	m.db, m.tables = nil, nil
}
