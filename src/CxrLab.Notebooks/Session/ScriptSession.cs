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
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks",
        typeof(CellFunctions).Namespace!, typeof(CellFunctions).FullName!,
    ];

    private readonly string folder;
    private readonly CellSink ownSink;
    private readonly CellExecution execution = new();
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
        ownSink = new CellSink(emit);
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

    /// <summary>The script as it stands after the last cell that compiled, with the compilation of every cell behind it; null before the first.</summary>
    public Script? LastScript => state?.Script;

    /// <summary>References, imports and settings that the next cell will be compiled with.</summary>
    public ScriptOptions Options => options;

    /// <summary>
    /// A cell's text as a script that follows all cells so far, not run, for completion and inspection. Magics and references are
    /// blanked out, so every position stays; references aren't loaded.
    /// </summary>
    public Script<object?> Continue(CellCode cell)
    {
        string code = ReferenceDirectives.TakeOut(cell.CSharp()).Code;
        ScriptOptions cellOptions = options.WithFilePath(cell.Name);
        return state is null
            ? CSharpScript.Create<object?>(code, cellOptions, assemblyLoader: assemblies)
            : state.Script.ContinueWith<object?>(code, cellOptions);
    }

    /// <summary>Runs something trivial, so that the compiler's start-up isn't counted as the first cell's time.</summary>
    public void WarmUp() => CSharpScript.Create<object?>("1 + 1", options, assemblyLoader: assemblies).RunAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Runs a cell. Without a token it runs on the calling thread up to its first await; with one, on a thread of the session's that can
    /// be stopped. No synchronisation context is set: with one, <c>task.Wait()</c> in a cell would deadlock. What the cell declared
    /// before it failed or was stopped stays declared.
    /// </summary>
    /// <param name="cell">Its text and number.</param>
    /// <param name="into">Where this cell's outputs go, if not to the session's own sink.</param>
    /// <param name="stop">Stops the cell's managed code wherever it is; native code is stopped when it returns.</param>
    /// <returns>Null, or why it failed; the error output has been emitted too.</returns>
    public CellFailure? Run(CellCode cell, CellSink? into = null, CancellationToken stop = default)
    {
        CellSink sink = into ?? ownSink;
        CellSink.Current = sink;
        try
        {
            Execute(cell, sink, stop);
            sink.Flush();
            return null;
        }
        catch (CellException error)
        {
            return Report(error.ToFailure(), sink);
        }
        catch (CompilationErrorException error)
        {
            return Report(CompileFailure.From(error.Diagnostics, cell), sink);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return Report(new CellFailure("Interrupted", $"{cell.Name} was interrupted.", [$"{cell.Name} was interrupted."]), sink);
        }
#pragma warning disable CA1031 // Whatever a cell throws is that cell's result, not the host's failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Report(RuntimeFailure.From(error, sources), sink);
        }
        finally
        {
            CellSink.Current = null;
        }
    }

    public void Dispose()
    {
        execution.Dispose();
        assemblies.Dispose();
    }

    private void Execute(CellCode cell, CellSink sink, CancellationToken stop)
    {
        (string code, var directives) = ReferenceDirectives.TakeOut(cell.CSharp());
        foreach (ReferenceDirectives.Directive directive in directives) Reference(directive, cell);
        sources[cell.Name] = code;
        Script<object?> script = Continue(cell);
        if (stop.CanBeCanceled) execution.MakeStoppable(script, stop);
        // Roslyn itself gets no token: it looks at one between cells only, and would then forget the state.
        ScriptState<object?> next = (state is null
            ? script.RunAsync(catchException: _ => true, cancellationToken: CancellationToken.None)
            : script.RunFromAsync(state, catchException: _ => true, CancellationToken.None)).GetAwaiter().GetResult();
        if (!stop.CanBeCanceled || execution.Began) state = next;
        if (next.Exception is Exception error) ExceptionDispatchInfo.Throw(error); // keeps the trace of the cell's own lines
        if (next.ReturnValue is DisplayedValue) return; // it has been shown
        if (next.ReturnValue is not null || TrailingExpression.Exists(script.GetCompilation(), cell.Name))
            execution.Invoke(() => sink.Add(OutputJson.ExecuteResult(cell.Number, MimeBundle.Of(next.ReturnValue))), stop);
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

    private CellFailure Report(CellFailure failure, CellSink sink)
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
