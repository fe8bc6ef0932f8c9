package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver below
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"koersvast/domain"
	"koersvast/domain/catalog"
)

// streamName and subject are how the log stands in JetStream.
const streamName = "KOERSVAST_1"

func subject(s domain.Stream) string { return "koersvast.act." + s.String() }

// rawJetStream is a JetStream server in this process, and a connection to it.
type rawJetStream struct {
	site
	srv    *server.Server
	nc     *nats.Conn
	js     jetstream.JetStream
	stream jetstream.Stream
}

// openRaw serves the log that an installation has left in its folder, which
// is thus configured as ours is.
func openRaw(ctx context.Context, in site) (*rawJetStream, error) {
	srv, err := serveRaw(in, true)
	if err != nil {
		return nil, err
	}
	r := &rawJetStream{site: in, srv: srv}
	if r.nc, err = nats.Connect("", nats.InProcessServer(srv)); err == nil {
		r.js, err = jetstream.New(r.nc)
	}
	if err == nil {
		r.stream, err = r.js.Stream(ctx, streamName)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// serveRaw starts a server on a log. Durable, it syncs every message and can
// be reached from within only; otherwise it does not wait for the disk.
func serveRaw(in site, durable bool) (*server.Server, error) {
	srv, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, DontListen: durable,
		JetStream: true, StoreDir: in.logDir(), SyncAlways: durable,
		JetStreamKey: in.logKey, JetStreamCipher: server.AES,
		MaxPayload: 8 << 20, NoSigs: true, NoLog: true,
	})
	if err != nil {
		return nil, err
	}
	srv.Start()
	if !srv.ReadyForConnections(time.Minute) {
		return nil, errors.New("the server does not start")
	}
	return srv, nil
}

func (r *rawJetStream) Close() error {
	if r.nc != nil {
		r.nc.Close()
	}
	r.srv.Shutdown()
	r.srv.WaitForShutdown()
	return nil
}

// publish appends a message to a subject whose last one is known.
func (r *rawJetStream) publish(ctx context.Context, subject string, last uint64, body []byte) (uint64, error) {
	ack, err := r.js.PublishMsg(ctx, &nats.Msg{Subject: subject, Data: body},
		jetstream.WithMsgID(newID()), jetstream.WithExpectLastSequencePerSubject(last))
	if err != nil {
		return 0, err
	}
	return ack.Sequence, nil
}

// insist does the same until nobody else was faster.
func (r *rawJetStream) insist(ctx context.Context, subject string, last uint64, body []byte) (uint64, error) {
	for {
		at, err := r.publish(ctx, subject, last, body)
		if api, ok := errors.AsType[*jetstream.APIError](err); !ok || api.ErrorCode != jetstream.JSErrCodeStreamWrongLastSequence {
			return at, err
		}
		msg, err := r.stream.GetLastMsgForSubject(ctx, subject)
		if err != nil {
			return 0, err
		}
		last = msg.Sequence
	}
}

// read consumes so many messages in order, of some subjects or of all.
func (r *rawJetStream) read(ctx context.Context, n int, subjects []string, each func(jetstream.Msg, *jetstream.MsgMetadata) error) error {
	c, err := r.js.OrderedConsumer(ctx, streamName, jetstream.OrderedConsumerConfig{FilterSubjects: subjects})
	if err != nil {
		return err
	}
	messages, err := c.Messages(jetstream.PullMaxMessages(5000))
	if err != nil {
		return err
	}
	defer messages.Stop()
	for i := range n {
		msg, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := msg.Metadata()
		if err != nil {
			return err
		}
		if meta.NumPending == 0 && i < n-1 {
			return fmt.Errorf("there are %d messages of %v, not %d", i+1, subjects, n)
		}
		if err := each(msg, meta); err != nil {
			return err
		}
	}
	return nil
}

// A rawTable is a table with one row a stream: what happened there last.
type rawTable struct {
	path   string
	db     *sql.DB
	upsert *sql.Stmt
}

// How a raw table is opened, as the read models are.
const (
	toFollow = "_journal_mode=WAL&_synchronous=NORMAL"
	toFill   = "_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE"
)

func openTable(dir, options string) (*rawTable, error) {
	path := filepath.Join(dir, "raw.db")
	db, err := sql.Open("sqlite3", "file:"+path+"?"+options)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	t := &rawTable{path: path, db: db}
	_, err = db.Exec(`CREATE TABLE things (
		stream TEXT PRIMARY KEY, position INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, fact TEXT NOT NULL, data BLOB NOT NULL
	) STRICT, WITHOUT ROWID`)
	if err == nil {
		t.upsert, err = db.Prepare(`INSERT INTO things VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
			position = excluded.position, at = excluded.at, by = excluded.by, fact = excluded.fact, data = excluded.data`)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return t, nil
}

// A rawBody is what a message says.
type rawBody struct {
	Acts []struct {
		By    string `json:"by"`
		At    string `json:"at"`
		Facts []struct {
			Type string          `json:"type"`
			Data json.RawMessage `json:"data"`
		} `json:"facts"`
	} `json:"acts"`
}

// decode reads a message, and every fact in it into its struct. Private texts
// stay sealed.
func decode(body []byte) (rawBody, error) {
	var b rawBody
	if err := json.Unmarshal(body, &b); err != nil {
		return b, err
	}
	for _, a := range b.Acts {
		for _, f := range a.Facts {
			if err := json.Unmarshal(f.Data, reflect.New(structs[f.Type]).Interface()); err != nil {
				return b, err
			}
		}
	}
	return b, nil
}

// structs are the facts' structs by name.
var structs = func() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for _, t := range catalog.Events() {
		all[t.Name] = t.Go
	}
	return all
}()

// put does one upsert for each fact of a message.
func put(upsert *sql.Stmt, subject string, position uint64, body []byte) error {
	b, err := decode(body)
	if err != nil {
		return fmt.Errorf("at %d: %w", position, err)
	}
	for _, a := range b.Acts {
		for _, f := range a.Facts {
			if _, err := upsert.Exec(subject, int64(position), a.At, a.By, f.Type, []byte(f.Data)); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin begins a transaction, in which upsert is for [put].
func (t *rawTable) begin(ctx context.Context) (tx *sql.Tx, upsert *sql.Stmt, err error) {
	if tx, err = t.db.BeginTx(ctx, nil); err != nil {
		return nil, nil, err
	}
	return tx, tx.StmtContext(ctx, t.upsert), nil
}

// flush returns when the table is on disk.
func (t *rawTable) flush() error {
	f, err := os.Open(t.path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (t *rawTable) Close() error { return errors.Join(t.upsert.Close(), t.db.Close()) }
