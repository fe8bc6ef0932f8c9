package eventstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"koersvast/domain"
	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
	"koersvast/eventstore/index"
)

func TestJetStream(t *testing.T) {
	eventstoretest.Test(t, func(tb testing.TB, c *eventstore.Codec) eventstore.Log {
		return open(tb, eventstore.Config{Dir: tb.TempDir()}, c)
	})
}

func TestExternalJetStream(t *testing.T) {
	eventstoretest.Test(t, func(tb testing.TB, c *eventstore.Codec) eventstore.Log {
		return open(tb, external(serve(tb, &server.Options{})), c)
	})
}

var codec = eventstore.NewCodec(eventstoretest.Events(), eventstoretest.NewVault())

// open opens a log and closes it when the test is over.
func open(tb testing.TB, cfg eventstore.Config, c *eventstore.Codec) *eventstore.JetStream {
	tb.Helper()
	log, err := eventstore.Open(tb.Context(), cfg, c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { closeLog(tb, log) })
	return log
}

func closeLog(tb testing.TB, log *eventstore.JetStream) {
	tb.Helper()
	if err := log.Close(); err != nil {
		tb.Error(err)
	}
}

// serve starts a server as others would run it for us.
func serve(tb testing.TB, o *server.Options) *server.Server {
	tb.Helper()
	o.Host, o.Port = "127.0.0.1", -1
	o.JetStream, o.StoreDir, o.SyncAlways = true, tb.TempDir(), o.SyncInterval == 0
	o.NoSigs, o.NoLog = true, true
	s, err := server.NewServer(o)
	if err != nil {
		tb.Fatal(err)
	}
	s.Start()
	tb.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	if !s.ReadyForConnections(time.Minute) {
		tb.Fatal("the server does not start")
	}
	return s
}

func external(s *server.Server) eventstore.Config {
	return eventstore.Config{URL: s.ClientURL(), Replicas: 1}
}

// admin connects to a server as somebody who may do anything.
func admin(tb testing.TB, s *server.Server) jetstream.JetStream {
	tb.Helper()
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		tb.Fatal(err)
	}
	return js
}

// fill appends n acts to one book and returns the last position.
func fill(tb testing.TB, log eventstore.Log, book string, last domain.Position, n int) domain.Position {
	tb.Helper()
	for i := range n {
		pos, err := log.Append(tb.Context(), eventstoretest.NewAct(), eventstoretest.At(book, last, fmt.Sprint(i)))
		if err != nil {
			tb.Fatal(err)
		}
		last = pos
	}
	return last
}

// read returns how many records follow a position, and why no more.
func read(ctx context.Context, log eventstore.Log, p domain.Position) (n int, err error) {
	for _, err := range log.After(ctx, p) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func wantRead(t *testing.T, log eventstore.Log, p domain.Position, want int) {
	t.Helper()
	if n, err := read(t.Context(), log, p); n != want || err != nil {
		t.Errorf("after %d: %d records, %v; want %d", p, n, err, want)
	}
}

func wantDamaged(t *testing.T, err error, word string) {
	t.Helper()
	if !errors.Is(err, eventstore.ErrDamaged) || !strings.Contains(err.Error(), word) {
		t.Errorf("got %v, want ErrDamaged with a word about %q", err, word)
	}
}

func TestALogGoesOnAfterARestart(t *testing.T) {
	cfg := eventstore.Config{Dir: t.TempDir(), Key: "a secret of thirty-two characters"}
	first := open(t, cfg, codec)
	fill(t, first, "a", 0, 20)
	closeLog(t, first)

	again := open(t, cfg, codec)
	if again.Identity() != first.Identity() {
		t.Errorf("it was %q and is %q", first.Identity(), again.Identity())
	}
	wantRead(t, again, 0, 20)
	wantRead(t, again, 15, 5)
	fill(t, again, "a", 20, 1)
	wantRead(t, again, 19, 2)
	if err := again.Check(t.Context()); err != nil {
		t.Error(err)
	}
	closeLog(t, again)

	cfg.Key = "another secret of thirty-two chars"
	if log, err := eventstore.Open(t.Context(), cfg, codec); err == nil {
		closeLog(t, log)
		t.Error("it opens with another key")
	}
}

func TestALogIsOpenOnce(t *testing.T) {
	cfg := eventstore.Config{Dir: t.TempDir()}
	log := open(t, cfg, codec)
	if _, err := eventstore.Open(t.Context(), cfg, codec); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("opened twice: %v", err)
	}
	closeLog(t, log)
	open(t, cfg, codec)
}

func TestWhatIsAcknowledgedSurvivesClosing(t *testing.T) {
	cfg := eventstore.Config{Dir: t.TempDir()}
	log := open(t, cfg, codec)
	var (
		writers sync.WaitGroup
		mu      sync.Mutex
		acked   = map[domain.ActID]bool{}
		some    = make(chan struct{}, 1000)
	)
	for i := range 8 {
		writers.Go(func() {
			var last domain.Position
			for {
				act := eventstoretest.NewAct()
				pos, err := log.Append(t.Context(), act, eventstoretest.At(fmt.Sprint("b", i), last, "x"))
				if errors.Is(err, eventstore.ErrUnavailable) {
					return
				}
				if err != nil {
					t.Errorf("Append: %v", err)
					return
				}
				mu.Lock()
				acked[act.ID] = true
				mu.Unlock()
				last = pos
				select {
				case some <- struct{}{}:
				default:
				}
			}
		})
	}
	for range 100 {
		<-some
	}
	closeLog(t, log)
	writers.Wait()

	for rec, err := range open(t, cfg, codec).After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		delete(acked, rec.ID)
	}
	if len(acked) > 0 {
		t.Errorf("%d acknowledged acts are gone", len(acked))
	}
}

func TestALogThatIsKeptOtherwiseIsRefused(t *testing.T) {
	for setting, change := range map[string]func(*jetstream.StreamConfig){
		"MaxMsgs":           func(c *jetstream.StreamConfig) { c.MaxMsgs = 1000 },
		"MaxMsgsPerSubject": func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 5 },
		"MaxAge":            func(c *jetstream.StreamConfig) { c.MaxAge = time.Hour },
		"Duplicates":        func(c *jetstream.StreamConfig) { c.Duplicates = time.Second },
		"Compression":       func(c *jetstream.StreamConfig) { c.Compression = jetstream.NoCompression },
		"Subjects":          func(c *jetstream.StreamConfig) { c.Subjects = append(c.Subjects, "more") },
		"AllowRollup":       func(c *jetstream.StreamConfig) { c.DenyPurge = false; c.AllowRollup = true },
		"PersistMode": func(c *jetstream.StreamConfig) {
			c.PersistMode = jetstream.AsyncPersistMode
			c.AllowAtomicPublish = false
		},
	} {
		t.Run(setting, func(t *testing.T) {
			s := serve(t, &server.Options{})
			cfg := eventstore.StreamConfig(1)
			change(&cfg)
			if _, err := admin(t, s).CreateStream(t.Context(), cfg); err != nil {
				t.Fatal(err)
			}
			log, err := eventstore.Open(t.Context(), external(s), codec)
			if err == nil {
				closeLog(t, log)
			}
			if err == nil || !strings.Contains(err.Error(), setting+" ") {
				t.Errorf("got %v, want a word about %s", err, setting)
			}
		})
	}
}

// lose lets the server delete acts in the only way that is left: a limit that
// somebody sets, and takes back.
func lose(t *testing.T, s *server.Server, limit func(*jetstream.StreamConfig)) {
	t.Helper()
	cfg := eventstore.StreamConfig(1)
	limit(&cfg)
	js := admin(t, s)
	for _, cfg := range []jetstream.StreamConfig{cfg, eventstore.StreamConfig(1)} {
		if _, err := js.UpdateStream(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALogThatLostActsIsDamaged(t *testing.T) {
	for word, limit := range map[string]func(*jetstream.StreamConfig){
		"begins at 7":     func(c *jetstream.StreamConfig) { c.Discard, c.MaxMsgs = jetstream.DiscardOld, 5 },
		"after 1 is at 6": func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 2 },
	} {
		t.Run(word, func(t *testing.T) {
			s := serve(t, &server.Options{})
			log := open(t, external(s), codec)
			fill(t, log, "b", 0, 1)
			a := fill(t, log, "a", 0, 6)
			fill(t, log, "c", 0, 4)
			lose(t, s, limit)

			wantDamaged(t, log.Check(t.Context()), "")
			_, err := eventstore.Open(t.Context(), external(s), codec)
			wantDamaged(t, err, "")
			// This one was not there when it happened, and did not look at the start.
			cold := eventstore.WithoutTail(log)
			_, err = read(t.Context(), cold, 0)
			wantDamaged(t, err, "after")
			fill(t, log, "a", a, 1) // the rest can still go on; whoever reads will stop
		})
	}
}

func TestAFlippedBitIsNoticed(t *testing.T) {
	for _, withState := range []bool{true, false} {
		t.Run(fmt.Sprint("with the server's own state ", withState), func(t *testing.T) {
			cfg := eventstore.Config{Dir: t.TempDir()}
			log := open(t, cfg, codec)
			fill(t, log, "a", 0, 50)
			known := filepath.Join(t.TempDir(), "index.db")
			x, err := index.Open(t.Context(), known, log)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(x.CatchUp(t.Context()), x.Close()); err != nil {
				t.Fatal(err)
			}
			closeLog(t, log)

			msgs := filepath.Join(cfg.Dir, "jetstream", "$G", "streams", "KOERSVAST_1", "msgs")
			block := filepath.Join(msgs, "1.blk")
			b, err := os.ReadFile(block)
			if err != nil {
				t.Fatal(err)
			}
			// In the words of an act. In the number of its record it would be
			// worse: this server then notes all numbers between as deleted, one by
			// one, until the machine's memory is full.
			b[bytes.Index(b, []byte(`"Text":"25"`))+8] ^= 4
			if err := os.WriteFile(block, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if !withState {
				if err := os.Remove(filepath.Join(msgs, "index.db")); err != nil {
					t.Fatal(err)
				}
			}
			log, err = eventstore.Open(t.Context(), cfg, codec)
			if err == nil {
				defer closeLog(t, log)
				_, err = read(t.Context(), log, 0)
			}
			if err == nil {
				// The server cut the log there, and says that it is whole:
				// only those who knew more can tell.
				_, err = index.Open(t.Context(), known, log)
			}
			wantDamaged(t, err, "")
		})
	}
}

func TestWhatIsNoActStopsTheReader(t *testing.T) {
	s := serve(t, &server.Options{})
	log := open(t, external(s), codec)
	fill(t, log, "a", 0, 3)
	if _, err := admin(t, s).Publish(t.Context(), "koersvast.act.north.book.a", []byte("no act")); err != nil {
		t.Fatal(err)
	}
	for _, log := range []*eventstore.JetStream{log, open(t, external(s), codec)} {
		n, err := read(t.Context(), log, 0)
		wantDamaged(t, err, "at 4")
		if n != 3 {
			t.Errorf("%d records were read before it, want 3", n)
		}
	}
}

func TestWhatOneProcessAppendsAnotherHears(t *testing.T) {
	s := serve(t, &server.Options{})
	here, there := open(t, external(s), codec), open(t, external(s), codec)
	for p := range domain.Position(5) {
		grown := there.Grown()
		fill(t, here, "a", p, 1)
		<-grown
		wantRead(t, there, p, 1)
	}
}

func TestWhatNobodyWasToldOfIsHeardAllTheSame(t *testing.T) {
	log := open(t, eventstore.Config{Dir: t.TempDir()}, codec)
	fill(t, log, "a", 0, 1)
	body := bodyAt(t, log, 1)
	grown := log.Grown()
	if _, err := eventstore.JetStreamOf(log).Publish(t.Context(), "koersvast.act.north.book.b", body); err != nil {
		t.Fatal(err)
	}
	<-grown
	wantRead(t, log, 1, 1)
	fill(t, log, "a", 1, 1)
	wantRead(t, log, 1, 2)
}

func bodyAt(t *testing.T, log *eventstore.JetStream, p domain.Position) []byte {
	t.Helper()
	for m, err := range log.Messages(t.Context(), p-1) {
		if err != nil {
			t.Fatal(err)
		}
		return m.Body
	}
	t.Fatalf("nothing at %d", p)
	return nil
}

// A proxy passes on what is said between a client and a server. It can stop
// listening to the server, as a network does when it breaks.
type proxy struct {
	net.Listener
	mu    sync.Mutex
	deaf  bool
	conns []net.Conn
}

func newProxy(t *testing.T, s *server.Server) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l}
	t.Cleanup(func() {
		_ = l.Close()
		p.cut()
	})
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			upstream, err := net.Dial("tcp", s.Addr().String())
			if err != nil {
				_ = client.Close()
				return
			}
			p.mu.Lock()
			p.conns = append(p.conns, client, upstream)
			p.mu.Unlock()
			go func() { _, _ = io.Copy(upstream, client) }()
			go func() { _, _ = io.Copy(hearing{p, client}, upstream) }()
		}
	}()
	return p
}

// hearing drops what is written while the proxy is deaf.
type hearing struct {
	*proxy
	to net.Conn
}

func (h hearing) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.deaf {
		return len(b), nil
	}
	return h.to.Write(b)
}

func (p *proxy) stopListening() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deaf = true
}

// cut ends all connections; new ones hear again.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		_ = c.Close()
	}
	p.conns, p.deaf = nil, false
}

func TestALostAcknowledgement(t *testing.T) {
	one := []eventstore.Write{eventstoretest.At("a", 0, "one")}
	two := []eventstore.Write{eventstoretest.At("a", 0, "one"), eventstoretest.At("b", 0, "two")}
	for name, writes := range map[string][]eventstore.Write{"of one message": one, "of a batch": two} {
		t.Run(name+" is asked for again", func(t *testing.T) {
			s := serve(t, &server.Options{})
			p := newProxy(t, s)
			log := open(t, eventstore.Config{URL: "nats://" + p.Addr().String(), Replicas: 1, Patience: 500 * time.Millisecond}, codec)
			watcher := open(t, external(s), codec)

			grown := watcher.Grown()
			p.stopListening()
			go func() {
				<-grown // it is in the log by now, and nobody has been told
				p.cut()
			}()
			pos, err := log.Append(t.Context(), eventstoretest.NewAct(), writes...)
			if want := domain.Position(len(writes)); err != nil || pos != want {
				t.Errorf("Append = %d, %v; want %d", pos, err, want)
			}
			wantRead(t, watcher, 0, len(writes))
		})
		t.Run(name+" that stays lost is said to be so, and the act is recorded once", func(t *testing.T) {
			s := serve(t, &server.Options{})
			p := newProxy(t, s)
			log := open(t, eventstore.Config{URL: "nats://" + p.Addr().String(), Replicas: 1, Patience: 100 * time.Millisecond}, codec)
			p.stopListening()
			act := eventstoretest.NewAct()
			if _, err := log.Append(t.Context(), act, writes...); domain.KindOf(err) != domain.Unavailable {
				t.Errorf("got %v, want ErrUnavailable", err)
			}
			p.cut()
			var (
				pos domain.Position
				err = error(eventstore.ErrUnavailable)
			)
			for errors.Is(err, eventstore.ErrUnavailable) { // until it is connected again
				pos, err = log.Append(t.Context(), act, writes...)
			}
			if err != nil && !errors.Is(err, eventstore.ErrRecorded) {
				t.Error(err)
			}
			if want := domain.Position(len(writes)); pos != want {
				t.Errorf("sent again: position %d, want %d", pos, want)
			}
			wantRead(t, open(t, external(s), codec), 0, len(writes))
		})
	}
}

func TestAnActThatWasTakenUnheardIsNotRememberedOtherwise(t *testing.T) {
	s := serve(t, &server.Options{})
	here, there := eventstore.NewStore(open(t, external(s), codec)), eventstore.NewStore(open(t, external(s), codec))
	if _, _, err := eventstore.Load[eventstoretest.Notes](t.Context(), there, eventstoretest.Book("a").In("north")); err != nil {
		t.Fatal(err)
	}
	act := eventstoretest.NewAct()
	for _, st := range []*eventstore.Store{here, there} {
		// The second has a past in mind, and other words.
		text := map[*eventstore.Store]string{here: "as recorded", there: "as edited"}[st]
		if pos, err := eventstore.Execute(t.Context(), st, act, eventstoretest.Note{Book: "a", Text: text}); err != nil || pos != 1 {
			t.Errorf("Execute = %d, %v; want 1", pos, err)
		}
	}
	if pos, err := eventstore.Execute(t.Context(), there, eventstoretest.NewAct(), eventstoretest.Note{Book: "a", Text: "as edited"}); err != nil || pos != 2 {
		t.Errorf("Execute = %d, %v; want 2: the edited words were never recorded", pos, err)
	}
}

func TestCluster(t *testing.T) {
	servers := cluster(t, 3)
	var urls []string
	for _, s := range servers {
		urls = append(urls, s.ClientURL())
	}
	cfg := eventstore.Config{URL: strings.Join(urls, ","), Patience: 2 * time.Second}
	for { // until the servers have found each other
		log, err := eventstore.Open(t.Context(), cfg, codec)
		if err == nil {
			closeLog(t, log)
			break
		}
		t.Log(err)
	}
	here, there := open(t, cfg, codec), open(t, cfg, codec)
	logs := []*eventstore.JetStream{here, there}

	t.Run("one of many writers wins", func(t *testing.T) {
		for n := range 50 {
			var (
				wg     sync.WaitGroup
				errs   = make([]error, 4)
				writes = []eventstore.Write{eventstoretest.At(fmt.Sprint("race", n), 0, "x")}
			)
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = logs[i%2].Append(t.Context(), eventstoretest.NewAct(), writes...)
				})
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else if !errors.Is(err, eventstore.ErrMoved) {
					t.Error(err)
				}
			}
			if won != 1 {
				t.Fatalf("%d writers won, want 1", won)
			}
		}
	})
	t.Run("two acts that guard each other's stream cannot both pass", func(t *testing.T) {
		for n := range 20 {
			books := []string{fmt.Sprint("skew-a", n), fmt.Sprint("skew-b", n)}
			var (
				wg   sync.WaitGroup
				errs = make([]error, 2)
			)
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = logs[i].Append(t.Context(), eventstoretest.NewAct(), eventstoretest.At(books[i], 0, "x"), eventstoretest.At(books[1-i], 0))
				})
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("got %v and %v, want one of them to pass", errs[0], errs[1])
			}
		}
	})
	t.Run("the same act sent again is recorded once", func(t *testing.T) {
		for name, writes := range map[string][]eventstore.Write{
			"one": {eventstoretest.At("again", 0, "x")},
			"two": {eventstoretest.At("again-a", 0, "x"), eventstoretest.At("again-b", 0, "x")},
		} {
			act := eventstoretest.NewAct()
			pos, err := here.Append(t.Context(), act, writes...)
			if err != nil {
				t.Fatal(err)
			}
			again, err := there.Append(t.Context(), act, writes...)
			if again != pos || !errors.Is(err, eventstore.ErrRecorded) {
				t.Errorf("%s: %d, %v; want %d, ErrRecorded", name, again, err, pos)
			}
		}
	})
	t.Run("the log goes on when its leader stops", func(t *testing.T) {
		before, err := here.Last(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range servers {
			if s.JetStreamIsStreamLeader("$G", "KOERSVAST_1") {
				s.Shutdown()
			}
		}
		act := eventstoretest.NewAct()
		for {
			_, err := here.Append(t.Context(), act, eventstoretest.At("failover", 0, "x"))
			if err == nil || errors.Is(err, eventstore.ErrRecorded) {
				break
			}
			if !errors.Is(err, eventstore.ErrUnavailable) {
				t.Fatal(err)
			}
		}
		for ctx := t.Context(); ; {
			grown := there.Grown()
			n, err := read(ctx, there, before)
			if err != nil {
				t.Fatal(err)
			}
			if n == 1 {
				return
			}
			<-grown
		}
	})
}

// cluster starts n servers that keep the log together.
func cluster(t *testing.T, n int) []*server.Server {
	t.Helper()
	var routes []*url.URL
	ports := make([]int, n)
	for i := range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
		routes = append(routes, &url.URL{Scheme: "nats", Host: l.Addr().String()})
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	servers := make([]*server.Server, n)
	for i := range n {
		servers[i] = serve(t, &server.Options{
			ServerName: fmt.Sprint("n", i),
			Cluster:    server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: ports[i]},
			Routes:     routes,
		})
	}
	return servers
}
