package eventstore

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// largestAct is how many bytes an act may take in the log.
const largestAct = 8 << 20

// serve starts a server in this process that nobody else can reach.
func (j *JetStream) serve(cfg Config) (err error) {
	if j.lock, err = lockDir(cfg.Dir); err != nil {
		return err
	}
	j.srv, err = server.NewServer(&server.Options{
		ServerName:             "koersvast",
		DontListen:             true,
		JetStream:              true,
		StoreDir:               cfg.Dir,
		SyncAlways:             true,
		JetStreamKey:           cfg.Key,
		JetStreamCipher:        server.AES,
		MaxPayload:             largestAct,
		NoSigs:                 true,
		DisableJetStreamBanner: true,
	})
	if err != nil {
		return fmt.Errorf("eventstore: server: %w", err)
	}
	if cfg.Logger != nil {
		j.srv.SetLoggerV2(complaints{cfg.Logger}, false, false, false)
	}
	j.srv.Start()
	if !j.srv.ReadyForConnections(time.Minute) {
		return errors.New("eventstore: the server does not start")
	}
	if c := j.srv.JetStreamConfig(); c == nil || !c.SyncAlways {
		return errors.New("eventstore: the server does not sync every act to disk")
	}
	if j.nc, err = nats.Connect("", nats.InProcessServer(j.srv), nats.Name("koersvast"), nats.MaxReconnects(-1), nats.ReconnectBufSize(-1)); err != nil {
		return fmt.Errorf("eventstore: server: %w", err)
	}
	return nil
}

// complaints passes on what goes wrong in the server, and not what goes well.
type complaints struct{ to *slog.Logger }

func (c complaints) Warnf(format string, v ...any) { c.to.Warn("log: " + fmt.Sprintf(format, v...)) }

func (c complaints) Errorf(format string, v ...any) { c.to.Error("log: " + fmt.Sprintf(format, v...)) }

func (c complaints) Fatalf(format string, v ...any) { c.to.Error("log: " + fmt.Sprintf(format, v...)) }
func (complaints) Noticef(string, ...any)           {}
func (complaints) Debugf(string, ...any)            {}
func (complaints) Tracef(string, ...any)            {}

// A lock keeps a second process out of a folder. The system takes it back
// when the process ends, however that happens.
type lock struct{ file *os.File }

func lockDir(dir string) (*lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("eventstore: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("eventstore: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("eventstore: %s is in use by another process: %w", dir, err), f.Close())
	}
	return &lock{f}, nil
}

func (l *lock) release() error {
	if l == nil {
		return nil
	}
	// Closing alone leaves it locked as long as a process that is just being
	// started holds a copy of the file.
	return errors.Join(syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN), l.file.Close())
}
