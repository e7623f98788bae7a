//go:build tools

// Package tools keeps the language hosts among this module's requirements: `go mod tidy` drops
// whatever no Go file imports.
package tools

import (
	_ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
	_ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
)
