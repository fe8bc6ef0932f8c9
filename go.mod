module koersvast

go 1.26.0
