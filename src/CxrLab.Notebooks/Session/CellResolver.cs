using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Finds assemblies that a reference needs and no cell named: .NET's own, and what lies beside the reference. What this program itself is
/// built on isn't found: each cell's compilation would hold the compiler, the sockets and all their symbols once more.
/// </summary>
internal sealed class CellResolver : MetadataReferenceResolver
{
    private static readonly string Framework = RuntimeEnvironment.GetRuntimeDirectory();
    private static readonly string Program = Path.GetDirectoryName(typeof(CellResolver).Assembly.Location)!;
    private readonly MetadataReferenceResolver scripts = ScriptMetadataResolver.Default;
    private readonly ConcurrentDictionary<string, PortableExecutableReference?> framework = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        OfFramework(referenceIdentity.Name) ?? (IsOfProgram(definition) ? null : scripts.ResolveMissingAssembly(definition, referenceIdentity));

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        scripts.ResolveReference(reference, baseFilePath, properties);

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>One reference for all who ask, so that compilations share the symbols behind it.</summary>
    private PortableExecutableReference? OfFramework(string name) => framework.GetOrAdd(name, static name =>
        Path.Combine(Framework, name + ".dll") is string file && File.Exists(file) ? MetadataReference.CreateFromFile(file) : null);

    private static bool IsOfProgram(MetadataReference reference) =>
        reference is PortableExecutableReference { FilePath: string file } && Path.GetDirectoryName(file) == Program;
}
