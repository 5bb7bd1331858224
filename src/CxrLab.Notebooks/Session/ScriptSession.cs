using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Formatting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// One notebook's C#: each cell sees what the cells before it declared. A session knows nothing of files and processes; it takes
/// code and emits output objects of the notebook format.
/// </summary>
internal sealed class ScriptSession : IDisposable
{
    private static readonly string[] Imports =
    [
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks", typeof(CellFunctions).FullName!,
    ];

    private readonly string folder;
    private readonly CellSink sink;
    private readonly PathScrubber scrubber;
    private readonly InteractiveAssemblyLoader assemblies = new();
    private readonly ReferenceLoader references = new();
    private readonly Dictionary<string, string> sources = [];
    private ScriptOptions options;
    private ScriptState<object?>? state;

    /// <param name="folder">The notebook's folder.</param>
    /// <param name="emit">Receives each output as soon as it is made.</param>
    public ScriptSession(string folder, Action<JsonObject> emit)
    {
        this.folder = folder;
        sink = new CellSink(emit);
        scrubber = new PathScrubber(folder);
        CellConsole.Install();
        options = ScriptOptions.Default
            .WithReferences(FrameworkReferences().Append(typeof(CellFunctions).Assembly.Location).Select(file => MetadataReference.CreateFromFile(file)))
            .WithImports(Imports)
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithFileEncoding(Encoding.UTF8)
            .WithEmitDebugInformation(true);
    }

    /// <summary>Runs something trivial, so that the compiler's start-up isn't counted as the first cell's time.</summary>
    public void WarmUp() => CSharpScript.Create<object?>("1 + 1", options, assemblyLoader: assemblies).RunAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Runs a cell on the calling thread, up to its first await. No synchronisation context is set: with one, <c>task.Wait()</c> in a
    /// cell would deadlock. What the cell declared before it failed stays declared.
    /// </summary>
    /// <returns>Null, or why it failed; the error output has been emitted too.</returns>
    public CellFailure? Run(CellCode cell)
    {
        CellSink.Current = sink;
        try
        {
            Execute(cell);
            sink.Flush();
            return null;
        }
        catch (CellException error)
        {
            return Report(error.ToFailure());
        }
        catch (CompilationErrorException error)
        {
            return Report(CompileFailure.From(error.Diagnostics, cell));
        }
#pragma warning disable CA1031 // Whatever a cell throws is that cell's result, not the host's failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Report(RuntimeFailure.From(error, sources));
        }
        finally
        {
            CellSink.Current = null;
        }
    }

    public void Dispose() => assemblies.Dispose();

    private void Execute(CellCode cell)
    {
        (string code, var directives) = ReferenceDirectives.TakeOut(cell.CSharp());
        foreach (ReferenceDirectives.Directive directive in directives) Reference(directive, cell);
        sources[cell.Name] = code;
        ScriptOptions cellOptions = options.WithFilePath(cell.Name);
        Script<object?> script = state is null
            ? CSharpScript.Create<object?>(code, cellOptions, assemblyLoader: assemblies)
            : state.Script.ContinueWith<object?>(code, cellOptions);
        state = (state is null ? script.RunAsync(catchException: _ => true) : script.RunFromAsync(state, catchException: _ => true)).GetAwaiter().GetResult();
        if (state.Exception is Exception error) ExceptionDispatchInfo.Throw(error); // keeps the trace of the cell's own lines
        if (state.ReturnValue is not null || TrailingExpression.Exists(script.GetCompilation(), cell.Name))
            sink.Add(OutputJson.ExecuteResult(cell.Number, MimeBundle.Of(state.ReturnValue)));
    }

    private void Reference(ReferenceDirectives.Directive directive, CellCode cell)
    {
        if (directive.File.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            throw new CellException("Reference", "#r \"nuget: …\" isn't supported by this version; reference a built dll by its path.", cell, directive.Line);
        string file = Path.GetFullPath(directive.File, folder);
        if (!File.Exists(file)) throw new CellException("Reference", ReferenceDirectives.Explain(directive.File), cell, directive.Line);
        foreach ((System.Reflection.Assembly assembly, string path) in references.Load(file))
        {
            assemblies.RegisterDependency(assembly);
            options = options.AddReferences(MetadataReference.CreateFromFile(path));
        }
    }

    private CellFailure Report(CellFailure failure)
    {
        CellFailure clean = failure.Scrub(scrubber);
        sink.Add(OutputJson.Error(clean));
        return clean;
    }

    /// <summary>.NET itself and nothing of this program: a cell must not see the host's own packages.</summary>
    private static IEnumerable<string> FrameworkReferences()
    {
        string framework = RuntimeEnvironment.GetRuntimeDirectory();
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator).Where(file => file.StartsWith(framework, StringComparison.Ordinal));
    }
}
