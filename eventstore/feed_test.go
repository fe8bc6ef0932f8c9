package eventstore_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	cejetstream "github.com/cloudevents/sdk-go/protocol/nats_jetstream/v2"
	"github.com/cloudevents/sdk-go/v2/binding"
	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/domain/expectation"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/eventstore"
	"koersvast/eventstore/keys"
	"koersvast/eventstore/schema"
)

func feedLog(t *testing.T) *eventstore.JetStream {
	return open(t, eventstore.Config{Dir: t.TempDir()}, eventstore.NewCodec(catalog.Events(), new(keys.Memory)))
}

func openFeed(t *testing.T, log *eventstore.JetStream) *eventstore.Feed {
	t.Helper()
	f, err := eventstore.OpenFeed(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func catchUp(t *testing.T, f *eventstore.Feed) {
	t.Helper()
	if err := f.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

const secretText = "Ik zoek elke maandag iemand van de balie op."

func secret() domain.Private { return domain.Say(domain.KeyOf("ann", domain.Promises), secretText) }

func made(id domain.PromiseID) promise.Made {
	return promise.Made{
		ID:    id,
		By:    "ann",
		On:    "2026-11-20",
		Words: promise.Words{Wording: secret()},
		Holds: promise.Holds{To: []domain.Party{domain.Employees}, Due: "2026-12-01", Rhythm: 30},
	}
}

func appendActs(t *testing.T, log eventstore.Log, acts ...actOf) {
	t.Helper()
	for _, a := range acts {
		if _, err := log.Append(t.Context(), a.act, a.writes...); err != nil {
			t.Fatal(err)
		}
	}
}

type actOf struct {
	act    domain.Act
	writes []eventstore.Write
}

func write(kind, id string, last domain.Position, events ...domain.Event) eventstore.Write {
	return eventstore.Write{Stream: domain.Stream{Kind: kind, ID: id}, Last: last, Events: events}
}

var noon = time.Date(2026, 11, 21, 12, 0, 0, 500, time.UTC)

func act(id domain.ActID) domain.Act {
	return domain.Act{ID: id, Programme: "north", By: "ann", At: noon}
}

// story is four acts: one public, one private, one of two streams in answer
// to the first, one partly public.
func story() []actOf {
	answer := act("act3")
	answer.Correlation, answer.Cause = "act1", "act2"
	return []actOf{
		{act("act1"), []eventstore.Write{write("promise", "p1", 0, made("p1"))}},
		{act("act2"), []eventstore.Write{write("programme", "north", 0, programme.PersonLeft{ID: "bob"})}},
		{answer, []eventstore.Write{
			write("promise", "p2", 0, made("p2"), promise.Kept{ID: "p2", On: "2026-11-20"}),
			write("expectation", "e1", 0, expectation.Accepted{ID: "e1", By: "ann", Promise: "p2"}),
		}},
		{act("act4"), []eventstore.Write{write("programme", "north", 2,
			programme.PersonAdded{ID: "cas", Name: secret(), Roles: []domain.Role{domain.Coach}},
			programme.TeamFormed{ID: "t1", Name: "Team West"})}},
	}
}

// A ce is a CloudEvent as the CloudEvents SDK reads it.
type ce struct {
	Subject                 string // of the message
	ID, Source, Type, About string
	Time                    time.Time
	ContentType             string
	Extensions              map[string]any
	Data                    map[string]any
}

// told reads the whole feed as any client would.
func told(t *testing.T, nc *nats.Conn) (events []ce) {
	t.Helper()
	for _, msg := range messages(t, nc) {
		event, err := binding.ToEvent(t.Context(), cejetstream.NewMessage(msg))
		if err != nil {
			t.Fatal(err)
		}
		if err := event.Validate(); err != nil {
			t.Fatal(err)
		}
		e := ce{
			msg.Subject, event.ID(), event.Source(), event.Type(), event.Subject(), event.Time(),
			event.DataContentType(), event.Extensions(), nil,
		}
		if err := event.DataAs(&e.Data); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

func messages(t *testing.T, nc *nats.Conn) (msgs []*nats.Msg) {
	t.Helper()
	js, err := nc.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	info, err := js.StreamInfo(eventstore.FeedStream)
	if err != nil {
		t.Fatal(err)
	}
	sub, err := js.SubscribeSync("koersvast.feed.>", nats.OrderedConsumer())
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Unsubscribe()
	for range info.State.Msgs {
		msg, err := sub.NextMsg(10 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		msgs = append(msgs, msg)
	}
	return msgs
}

func wantTold(t *testing.T, nc *nats.Conn, want ...string) {
	t.Helper()
	var got []string
	for _, e := range told(t, nc) {
		got = append(got, e.ID)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feed (-want +got):\n%s", diff)
	}
}

var storyTold = []string{"act1-1", "act3-1", "act3-2", "act3-3", "act4-2"}

func TestTheFeedTellsWhatIsPublicAsCloudEvents(t *testing.T) {
	log := feedLog(t)
	appendActs(t, log, story()...)
	feed := openFeed(t, log)
	catchUp(t, feed)

	event := func(id, fact, about string, extensions, data map[string]any) ce {
		return ce{
			"koersvast.feed.north." + fact, id, "urn:koersvast:programme:north", fact, about, noon,
			"application/json", extensions, data,
		}
	}
	promised := func(id string) map[string]any {
		return map[string]any{
			"id": id, "by": "ann", "on": "2026-11-20", "to": []any{"employee"}, "due": "2026-12-01", "rhythm": 30.0,
		}
	}
	answer := func(position string) map[string]any {
		return map[string]any{"position": position, "act": "act3", "correlationid": "act1", "causationid": "act2"}
	}
	want := []ce{
		event("act1-1", "promise.made", "promise/p1", map[string]any{"position": "1", "act": "act1"}, promised("p1")),
		event("act3-1", "promise.made", "promise/p2", answer("3"), promised("p2")),
		event("act3-2", "promise.kept", "promise/p2", answer("3"), map[string]any{"id": "p2", "on": "2026-11-20"}),
		event("act3-3", "expectation.accepted", "expectation/e1", answer("4"), map[string]any{"id": "e1", "by": "ann", "promise": "p2"}),
		event("act4-2", "programme.team_formed", "programme/north", map[string]any{"position": "5", "act": "act4"}, map[string]any{"id": "t1", "name": "Team West"}),
	}
	if diff := cmp.Diff(want, told(t, log.Conn())); diff != "" {
		t.Errorf("feed (-want +got):\n%s", diff)
	}
	if got := feed.Position(); got != 5 {
		t.Errorf("position %d, want 5", got)
	}
}

func TestTheFeedHoldsNoPrivateText(t *testing.T) {
	log := feedLog(t)
	appendActs(t, log, story()...)
	catchUp(t, openFeed(t, log))
	for _, msg := range messages(t, log.Conn()) {
		all, err := json.Marshal(msg)
		if err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{secretText, `"wording"`, `"k"`, "person/ann"} {
			if bytes.Contains(append(all, msg.Data...), []byte(never)) {
				t.Errorf("%s holds %s", msg.Data, never)
			}
		}
	}
}

func TestTheFeedIsWhatItsDocumentSays(t *testing.T) {
	log := feedLog(t)
	appendActs(t, log, story()...)
	catchUp(t, openFeed(t, log))

	document, err := json.Marshal(schema.AsyncAPI(catalog.Events()))
	if err != nil {
		t.Fatal(err)
	}
	resource, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	var channels struct {
		Channels map[string]struct{ Address string }
	}
	if err := json.Unmarshal(document, &channels); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("urn:document", resource); err != nil {
		t.Fatal(err)
	}
	for _, msg := range messages(t, log.Conn()) {
		headers := map[string]any{}
		for name, values := range msg.Header {
			headers[name] = values[0]
		}
		fact := msg.Header["ce-type"][0]
		address := strings.Replace(channels.Channels[fact].Address, "{programme}", "north", 1)
		if address != msg.Subject {
			t.Errorf("%s is told on %s, documented on %s", fact, msg.Subject, address)
		}
		if err := c.MustCompile("urn:document#/components/schemas/headers").Validate(headers); err != nil {
			t.Errorf("%s: headers: %v", fact, err)
		}
		data, err := jsonschema.UnmarshalJSON(bytes.NewReader(msg.Data))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.MustCompile("urn:document#/components/schemas/" + fact).Validate(data); err != nil {
			t.Errorf("%s: %v", fact, err)
		}
	}
}

func TestTheFeedGoesOnWhereItEnded(t *testing.T) {
	log := feedLog(t)
	acts := story()
	appendActs(t, log, acts[:2]...)
	feed := openFeed(t, log)
	catchUp(t, feed)
	wantTold(t, log.Conn(), "act1-1")
	appendActs(t, log, acts[2:]...)
	catchUp(t, openFeed(t, log)) // another start
	catchUp(t, feed)
	wantTold(t, log.Conn(), storyTold...)
}

func TestTheFeedFinishesAnActThatWasHalfTold(t *testing.T) {
	log := feedLog(t)
	appendActs(t, log, story()...)
	feed := openFeed(t, log)
	catchUp(t, feed)
	whole := messages(t, log.Conn())
	for n := range len(whole) {
		purge(t, log.Conn())
		for _, msg := range whole[:n] {
			republish(t, log.Conn(), msg)
		}
		catchUp(t, openFeed(t, log))
		wantTold(t, log.Conn(), storyTold...)
	}
}

func TestAPurgedFeedComesBackWhole(t *testing.T) {
	log := feedLog(t)
	appendActs(t, log, story()...)
	catchUp(t, openFeed(t, log))
	purge(t, log.Conn())
	wantTold(t, log.Conn())
	catchUp(t, openFeed(t, log))
	wantTold(t, log.Conn(), storyTold...)
}

func TestAFeedThatKnowsMoreThanTheLogIsAnAlarm(t *testing.T) {
	log := feedLog(t)
	appendActs(t, log, story()...)
	catchUp(t, openFeed(t, log))
	whole := messages(t, log.Conn())

	shorter := feedLog(t)
	appendActs(t, shorter, story()[:2]...)
	feed := openFeed(t, shorter)
	for _, msg := range whole {
		republish(t, shorter.Conn(), msg)
	}
	if err := feed.CatchUp(t.Context()); !errors.Is(err, eventstore.ErrDamaged) {
		t.Errorf("a log that is shorter: error %v, want ErrDamaged", err)
	}

	other := feedLog(t)
	for i := range 6 {
		id := fmt.Sprint("other", i)
		appendActs(t, other, actOf{act(domain.ActID(id)), []eventstore.Write{write("promise", id, 0, made(domain.PromiseID(id)))}})
	}
	feed = openFeed(t, other)
	for _, msg := range whole {
		republish(t, other.Conn(), msg)
	}
	if err := feed.Run(t.Context()); !errors.Is(err, eventstore.ErrDamaged) {
		t.Errorf("another log: error %v, want ErrDamaged", err)
	}
}

func TestSeveralProcessesTellEachFactOnce(t *testing.T) {
	log := feedLog(t)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 3 {
		feed := openFeed(t, log)
		running.Go(func() {
			if err := feed.Run(ctx); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
	var want []string
	for i := range 300 {
		id := fmt.Sprint("p", i)
		appendActs(t, log, actOf{act(domain.ActID(id)), []eventstore.Write{write("promise", id, 0,
			made(domain.PromiseID(id)), promise.Kept{ID: domain.PromiseID(id), On: "2026-11-21"})}})
		want = append(want, id+"-1", id+"-2")
	}
	cancel()
	running.Wait()
	catchUp(t, openFeed(t, log))
	wantTold(t, log.Conn(), want...)
}

func TestTheFeedFollowsTheLog(t *testing.T) {
	log := feedLog(t)
	feed := openFeed(t, log)
	js, err := log.Conn().JetStream()
	if err != nil {
		t.Fatal(err)
	}
	sub, err := js.SubscribeSync(eventstore.FeedSubject("*", "promise.made"), nats.OrderedConsumer())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- feed.Run(ctx) }()
	for i := range 3 {
		id := fmt.Sprint("p", i)
		appendActs(t, log, actOf{act(domain.ActID(id)), []eventstore.Write{write("promise", id, 0, made(domain.PromiseID(id)))}})
		msg, err := sub.NextMsg(10 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if got := msg.Header["ce-id"][0]; got != id+"-1" {
			t.Errorf("told %s, want %s-1", got, id)
		}
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Run: %v, want that it was cancelled", err)
	}
}

func purge(t *testing.T, nc *nats.Conn) {
	t.Helper()
	js, err := nc.JetStream()
	if err == nil {
		err = js.PurgeStream(eventstore.FeedStream)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func republish(t *testing.T, nc *nats.Conn, msg *nats.Msg) {
	t.Helper()
	js, err := nc.JetStream()
	if err == nil {
		again := &nats.Msg{Subject: msg.Subject, Header: nats.Header{}, Data: msg.Data}
		for k, v := range msg.Header {
			if k != nats.ExpectedLastSeqHdr {
				again.Header[k] = v
			}
		}
		_, err = js.PublishMsg(again)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkFeed(b *testing.B) {
	log := open(b, eventstore.Config{Dir: b.TempDir()}, eventstore.NewCodec(catalog.Events(), new(keys.Memory)))
	const acts = 1000
	for i := range acts {
		id := fmt.Sprint("p", i)
		if _, err := log.Append(b.Context(), act(domain.ActID(id)), write("promise", id, 0, made(domain.PromiseID(id)))); err != nil {
			b.Fatal(err)
		}
	}
	js, err := log.Conn().JetStream()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		feed, err := eventstore.OpenFeed(b.Context(), log)
		if err != nil {
			b.Fatal(err)
		}
		if err := feed.CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := js.PurgeStream(eventstore.FeedStream); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(acts*b.N)/b.Elapsed().Seconds(), "facts/s")
}
