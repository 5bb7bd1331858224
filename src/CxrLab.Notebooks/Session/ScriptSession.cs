using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// One notebook's C#: each cell sees what the cells before it declared. A session knows nothing of processes and of the wire; it takes
/// code and emits output objects of the notebook format.
/// </summary>
internal sealed class ScriptSession : IDisposable
{
    private readonly CellSink ownSink;
    private readonly CellExecution execution = new();
    private readonly PathScrubber scrubber;
    private readonly InteractiveAssemblyLoader assemblies = new();
    private readonly CellReferences references;
    private readonly CellImports imports;
    private readonly LoadedFiles loads;
    private readonly Dictionary<string, string> sources = [];
    private ScriptOptions options;
    private ScriptState<object?>? state;
    private ScriptOptions? applied; // the options of the last cell in the state

    /// <param name="folder">The notebook's folder.</param>
    /// <param name="emit">Receives each output as soon as it is made.</param>
    public ScriptSession(string folder, Action<JsonObject> emit)
    {
        ownSink = new CellSink(emit);
        scrubber = new PathScrubber(folder);
        references = new CellReferences(folder, assemblies);
        imports = new CellImports(folder);
        loads = new LoadedFiles(folder);
        CellConsole.Install();
        TorchNatives.SetGuard();
        options = ScriptOptions.Default
            .WithReferences(CellDefaults.References())
            .WithImports(CellDefaults.Imports)
            .WithSourceResolver(loads)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithFileEncoding(Encoding.UTF8)
            .WithMetadataResolver(new CellResolver())
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
    public Script<object?> Continue(CellCode cell) => Script(ReferenceDirectives.TakeOut(cell.CSharp()).Code, cell);

    /// <summary>Runs something trivial, so that the compiler's start-up isn't counted as the first cell's time.</summary>
    public void WarmUp()
    {
        Script<object?> script = CSharpScript.Create<object?>("int warm = 1;\nwarm + 1", options.WithFilePath("warm-up"), assemblyLoader: assemblies);
        OutputJson.ExecuteResult(0, MimeBundle.Of(script.RunAsync().GetAwaiter().GetResult().ReturnValue)).ToJsonString();
        _ = TrailingExpression.Exists(script.GetCompilation(), "warm-up");
        _ = StopChecks.Insert("while (false) { }");
    }

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
        if (stop.CanBeCanceled) CellStop.CellStarts();
        using CancellationTokenRegistration request = stop.Register(CellStop.Request);
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
        (string text, IReadOnlyList<CellMagic> magics) = cell.Read();
        (string code, IReadOnlyList<ReferenceDirectives.Directive> directives) = ReferenceDirectives.TakeOut(text);
        foreach (CellMagic magic in magics.Where(magic => magic.Name == CellMagic.Import))
            imports.Run(magic, cell, part => Execute(part, sink, stop));
        foreach (CellCode file in loads.Of(cell, code))
        {
            options = references.Add(options, file, sink, stop);
            sources[file.Name] = file.Source;
        }
        options = references.Add(options, cell, directives, magics, sink, stop);
        sources[cell.Name] = code;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Show(cell, Run(cell, code, stop), sink, stop);
        if (magics.Any(magic => magic.Name == CellMagic.Time))
            sink.Add(OutputJson.Display(MimeBundle.Raw(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds:0.#} ms"), "text/plain")));
    }

    private Script<object?> Run(CellCode cell, string code, CancellationToken stop)
    {
        Script<object?> script = Compile(cell, code, stop);
        // Roslyn itself gets no token: it looks at one between cells only, and would then forget the state.
        ScriptState<object?> next = (state is null
            ? script.RunAsync(catchException: _ => true, cancellationToken: CancellationToken.None)
            : script.RunFromAsync(state, catchException: _ => true, CancellationToken.None)).GetAwaiter().GetResult();
        // A cell without code, such as one of #r and using lines, begins nothing, and the next cells follow it all the same.
        if (!stop.IsCancellationRequested || execution.Began) (state, applied) = (next, options);
        if (next.Exception is Exception error) ExceptionDispatchInfo.Throw(error); // keeps the trace of the cell's own lines
        return script;
    }

    private Script<object?> Compile(CellCode cell, string code, CancellationToken stop)
    {
        Script<object?> plain = Script(code, cell);
        if (!stop.CanBeCanceled) return plain;
        try
        {
            Script<object?> checking = Script(StopChecks.Insert(code), cell);
            execution.MakeStoppable(checking, stop);
            return checking;
        }
        catch (CompilationErrorException)
        {
            // The compiler's words and columns must fit what the user wrote: below it says them again of the cell as it is.
        }
        execution.MakeStoppable(plain, stop);
        return plain;
    }

    private Script<object?> Script(string code, CellCode cell) => state is null
        ? CSharpScript.Create<object?>(code, options.WithFilePath(cell.Name), assemblyLoader: assemblies)
        : state.Script.ContinueWith<object?>(code, Added().WithFilePath(cell.Name));

    // A cell inherits the references and imports of those before it. Given again, Roslyn would keep them again with every cell: after 500
    // cells a compilation would hold 500 times all of them.
    private ScriptOptions Added() => options
        .WithReferences(options.MetadataReferences.Except(applied!.MetadataReferences))
        .WithImports(options.Imports.Except(applied.Imports));

    /// <summary>The value of a trailing expression is the cell's result; an imported cell's is shown as if it had called display.</summary>
    private void Show(CellCode cell, Script<object?> script, CellSink sink, CancellationToken stop)
    {
        object? value = state!.ReturnValue;
        if (value is DisplayedValue || (value is null && !TrailingExpression.Exists(script.GetCompilation(), cell.Name))) return;
        execution.Invoke(() => sink.Add(cell.Origin is null
            ? OutputJson.ExecuteResult(cell.Number, MimeBundle.Of(value))
            : OutputJson.Display(MimeBundle.Of(value))), stop);
    }

    private CellFailure Report(CellFailure failure, CellSink sink)
    {
        CellFailure clean = failure.Scrub(scrubber);
        sink.Add(OutputJson.Error(clean));
        return clean;
    }
}
