package main

import (
	"fmt"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func noOtherPackages() schema.Loader {
	return schema.NewNullLoader()
}

func generate(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch language {
	case "go":
		return golang.GeneratePackage("pulumi-language-go", pkg, nil)
	case "python":
		return python.GeneratePackage("pulumi-language-python", pkg, nil, nil)
	default:
		return nil, fmt.Errorf("there is no generator for %q", language)
	}
}
