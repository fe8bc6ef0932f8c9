package eventstore_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
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

var million = flag.Bool("million", false, "run the benchmarks that need a log of a million acts too")

// A ticked is a fact of about the usual size whose state costs nothing.
type ticked struct{ Text string }

func (ticked) EventName() string    { return "bench.ticked" }
func (ticked) Evolve(n ticks) ticks { return n + 1 }

type ticks int

type tick struct{ book, text string }

func (c tick) Stream() domain.Stream { return eventstoretest.Book(c.book) }

func (c tick) Decide(ticks, domain.Act) ([]domain.EventOf[ticks], error) {
	return []domain.EventOf[ticks]{ticked{c.text}}, nil
}

var (
	benchCodec = eventstore.NewCodec([]domain.EventType{domain.TypeOf[ticked]()}, eventstoretest.NewVault())
	someText   = strings.Repeat("a promise is a promise ", 6)
)

func openBench(b *testing.B) *eventstore.JetStream {
	return open(b, eventstore.Config{Dir: b.TempDir()}, benchCodec)
}

// openBig opens a log that is quick to fill, because it may lose everything.
func openBig(b *testing.B) *eventstore.JetStream {
	return open(b, external(serve(b, &server.Options{SyncInterval: time.Hour})), benchCodec)
}

// share divides b.N appends over writers.
func share(b *testing.B, writers int, write func(writer int) error) {
	b.Helper()
	var (
		wg   sync.WaitGroup
		left atomic.Int64
	)
	left.Store(int64(b.N))
	b.ResetTimer()
	for i := range writers {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				if err := write(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

// BenchmarkAppend compares commands with messages of the same size that are
// published with the same expectation by hand.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("own/writers=%d/raw", writers), func(b *testing.B) {
			js := eventstore.JetStreamOf(openBench(b))
			body := rawBody(b)
			last := make([]uint64, writers)
			share(b, writers, func(i int) error {
				msg := nats.NewMsg(fmt.Sprintf("koersvast.act.north.book.%d", i))
				msg.Data = body
				ack, err := js.PublishMsg(b.Context(), msg,
					jetstream.WithMsgID(string(eventstoretest.NewAct().ID)),
					jetstream.WithExpectLastSequencePerSubject(last[i]))
				if err == nil {
					last[i] = ack.Sequence
				}
				return err
			})
		})
		for _, name := range []string{"own", "one"} {
			b.Run(fmt.Sprintf("%s/writers=%d/execute", name, writers), func(b *testing.B) {
				st := eventstore.NewStore(openBench(b))
				share(b, writers, func(i int) error {
					book := fmt.Sprint(i)
					if name == "one" {
						book = "0"
					}
					_, err := eventstore.Execute(b.Context(), st, eventstoretest.NewAct(), tick{book, someText})
					return err
				})
			})
		}
	}
	b.Run("two streams/writers=1/execute", func(b *testing.B) { benchTwo(b, 1) })
	b.Run("two streams/writers=16/execute", func(b *testing.B) { benchTwo(b, 16) })
}

func benchTwo(b *testing.B, writers int) {
	st := eventstore.NewStore(openBench(b))
	share(b, writers, func(i int) error {
		_, err := eventstore.ExecuteAll(b.Context(), st, eventstoretest.NewAct(),
			eventstore.Do(tick{fmt.Sprint("a", i), someText}), eventstore.Do(tick{fmt.Sprint("b", i), someText}))
		return err
	})
}

// rawBody returns the body of an act as the log keeps it.
func rawBody(b *testing.B) []byte {
	b.Helper()
	log := eventstore.NewMemory(benchCodec)
	if _, err := eventstore.Execute(b.Context(), eventstore.NewStore(log), eventstoretest.NewAct(), tick{"a", someText}); err != nil {
		b.Fatal(err)
	}
	for m := range log.Messages(b.Context(), 0) {
		return m.Body
	}
	panic("unreachable")
}

// BenchmarkWarm shows that the length of a stream does not matter once its
// state is known.
func BenchmarkWarm(b *testing.B) {
	for _, acts := range []int{1, 1000} {
		b.Run(fmt.Sprintf("acts=%d", acts), func(b *testing.B) {
			log := openBench(b)
			preload(b, log, acts, 1)
			st := eventstore.NewStore(log)
			if _, _, err := eventstore.Load[ticks](b.Context(), st, eventstoretest.Book("0").In("north")); err != nil {
				b.Fatal(err)
			}
			share(b, 1, func(int) error {
				_, err := eventstore.Execute(b.Context(), st, eventstoretest.NewAct(), tick{"0", someText})
				return err
			})
		})
	}
}

// preload publishes n acts, spread evenly over streams, without waiting for
// each.
func preload(b *testing.B, log *eventstore.JetStream, n, streams int) {
	b.Helper()
	js, err := jetstream.New(eventstore.JetStreamOf(log).Conn(), jetstream.WithPublishAsyncMaxPending(1000))
	if err != nil {
		b.Fatal(err)
	}
	body := rawBody(b)
	before, err := log.Last(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		if _, err := js.PublishMsgAsync(&nats.Msg{Subject: fmt.Sprintf("koersvast.act.north.book.%d", i%streams), Data: body}, jetstream.WithStallWait(time.Minute)); err != nil {
			b.Fatal(err)
		}
	}
	<-js.PublishAsyncComplete()
	if last, err := log.Last(b.Context()); err != nil || last != before+domain.Position(n) {
		b.Fatalf("the log reaches to %d, %v; want %d", last, err, before+domain.Position(n))
	}
}

func sizes() []int {
	if *million {
		return []int{10_000, 1_000_000}
	}
	return []int{10_000}
}

// BenchmarkCold reads streams of 100 acts that lie evenly spread over logs of
// several sizes.
func BenchmarkCold(b *testing.B) {
	for _, size := range sizes() {
		log := openBig(b)
		preload(b, log, size, size/100)
		load := func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				n, _, err := eventstore.Load[ticks](b.Context(), eventstore.NewStore(log), eventstoretest.Book(fmt.Sprint(i*37%(size/100))).In("north"))
				if err != nil || n != 100 {
					b.Fatalf("%d acts, %v", n, err)
				}
			}
		}
		b.Run(fmt.Sprintf("size=%d/log", size), load)
		var x *index.Index
		b.Run(fmt.Sprintf("size=%d/index build", size), func(b *testing.B) {
			for b.Loop() {
				var err error
				if x, err = index.Open(b.Context(), filepath.Join(b.TempDir(), "index.db"), log); err != nil {
					b.Fatal(err)
				}
				if err := x.CatchUp(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "acts/s")
		})
		log.Use(x)
		b.Run(fmt.Sprintf("size=%d/index", size), load)
	}
}

// BenchmarkReplay reads a whole log, as bytes and as facts.
func BenchmarkReplay(b *testing.B) {
	for _, size := range sizes() {
		log := openBig(b)
		preload(b, log, size, size/100)
		cold := func() *eventstore.JetStream { return eventstore.WithoutTail(log) }
		rate := func(b *testing.B, read func(context.Context, *eventstore.JetStream) int) {
			for b.Loop() {
				if n := read(b.Context(), cold()); n != size {
					b.Fatalf("%d acts", n)
				}
			}
			b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "acts/s")
		}
		b.Run(fmt.Sprintf("size=%d/raw", size), func(b *testing.B) {
			rate(b, func(ctx context.Context, log *eventstore.JetStream) (n int) {
				c, err := eventstore.JetStreamOf(log).OrderedConsumer(ctx, "KOERSVAST_1", jetstream.OrderedConsumerConfig{})
				if err != nil {
					b.Fatal(err)
				}
				done := make(chan struct{})
				reading, err := c.Consume(func(jetstream.Msg) {
					if n++; n == size {
						close(done)
					}
				}, jetstream.PullMaxMessages(5000))
				if err != nil {
					b.Fatal(err)
				}
				<-done
				reading.Stop()
				return n
			})
		})
		b.Run(fmt.Sprintf("size=%d/messages", size), func(b *testing.B) {
			rate(b, func(ctx context.Context, log *eventstore.JetStream) (n int) {
				for _, err := range log.Messages(ctx, 0) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				return n
			})
		})
		b.Run(fmt.Sprintf("size=%d/records", size), func(b *testing.B) {
			rate(b, func(ctx context.Context, log *eventstore.JetStream) (n int) {
				for _, err := range log.After(ctx, 0) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				return n
			})
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	m := eventstore.Message{Position: 1, Stream: eventstoretest.Book("a").In("north"), Body: rawBody(b)}
	b.SetBytes(int64(len(m.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := benchCodec.Decode(m); err != nil {
			b.Fatal(err)
		}
	}
}
