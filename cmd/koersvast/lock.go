package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// errInUse means that another process works in a data folder.
var errInUse = errors.New("in use by another process")

// lock keeps a data folder to this process, and makes it if it is not there.
// It returns what gives it back; the system does when the process ends,
// however that happens.
func lock(folder, file string) (unlock func() error, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("the data folder %s is %w", folder, errInUse)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	// Closing alone leaves it locked as long as a process that is just being
	// started holds a copy of the file.
	return func() error { return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close()) }, nil
}
