using CxrLab.Notebooks.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using CodeDocument = Microsoft.CodeAnalysis.Document;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// The session's cells as projects of a Roslyn workspace, each continuing the one before it: so the compiler's own services for
/// editors know what a new cell would see. Cells are added when they are first needed; nothing is made for who never asks.
/// </summary>
internal sealed class ScriptWorkspace(ScriptSession session)
{
    private readonly Lock gate = new();
    private readonly CellBlocks blocks = new();
    private readonly List<(CellBlocks.Block Block, ProjectId Project)> projects = [];
    private readonly Documentation documentation = new();
    private AdhocWorkspace? workspace;
    private Script? newest; // of the cells in the blocks

    /// <summary>What a service finds out about a text that would be the next cell.</summary>
    /// <param name="code">The text; magics and references in it are blanked out, so positions stay.</param>
    /// <param name="ask">Asks the service.</param>
    /// <returns>Null where the text can't be a cell, as with an unknown magic.</returns>
    public T? Ask<T>(string code, Func<CodeDocument, Task<T?>> ask) where T : class
    {
        lock (gate)
        {
            workspace ??= new AdhocWorkspace(MefHostServices.DefaultHost);
            try
            {
                Script script = session.Continue(new CellCode(0, code));
                CatchUp();
                CodeDocument typed = Typed(script);
                // The services don't wait for a compilation that isn't ready; they answer with what there is, which may be nothing.
                SemanticModel? model = typed.GetSemanticModelAsync().GetAwaiter().GetResult();
                T? answer = ask(typed).GetAwaiter().GetResult();
                GC.KeepAlive(model);
                return answer;
            }
            catch (CellException)
            {
                return null;
            }
        }
    }

    /// <summary>Adds the cells that have run since the last question.</summary>
    private void CatchUp()
    {
        if (session.LastScript == newest) return;
        var ran = new Stack<Script>();
        for (Script? script = session.LastScript; script is not null && script != newest; script = script.Previous) ran.Push(script);
        if (newest is not null && ran.Peek().Previous != newest) blocks.Clear(); // the session went back to before it
        newest = session.LastScript;
        while (ran.TryPop(out Script? script)) blocks.Add(CellDeclarations.Of(script.Code), script, HasSettings(script.GetCompilation()));
        Solution solution = workspace!.CurrentSolution;
        int same = 0;
        while (same < projects.Count && same < blocks.All.Count && ReferenceEquals(projects[same].Block, blocks.All[same])) same++;
        foreach ((_, ProjectId project) in projects[same..]) solution = solution.RemoveProject(project);
        projects.RemoveRange(same, projects.Count - same);
        foreach (CellBlocks.Block block in blocks.All.Skip(same))
        {
            (solution, DocumentId document) = Add(solution, (Script)block.First, block.Text);
            projects.Add((block, document.ProjectId));
        }
        Apply(solution);
        // A question's snapshot knows the compilations that this solution has by then; all others it would make for itself, each time anew.
        if (projects.Count > 0) workspace.CurrentSolution.GetProject(projects[^1].Project)!.GetCompilationAsync().GetAwaiter().GetResult();
    }

    private static bool HasSettings(Compilation compilation) =>
        compilation.ExternalReferences.Length > 0 || ((CSharpCompilationOptions)compilation.Options).Usings.Length > 0;

    /// <summary>
    /// A document with the text that is being typed, in this question's snapshot only. It is a new one each time: the services reuse what
    /// they knew of a document's last text, which for scripts gave answers about the wrong text.
    /// </summary>
    private CodeDocument Typed(Script script)
    {
        (Solution snapshot, DocumentId document) = Add(workspace!.CurrentSolution, script, script.Code);
        return snapshot.GetDocument(document)!;
    }

    private (Solution Solution, DocumentId Document) Add(Solution solution, Script settings, string code)
    {
        Compilation compilation = settings.GetCompilation();
        string name = compilation.AssemblyName ?? "cell";
        var info = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, name, assemblyName: name,
            LanguageNames.CSharp, compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees.First().Options,
            projectReferences: projects.Count > 0 ? [new ProjectReference(projects[^1].Project)] : [],
            metadataReferences: compilation.References.OfType<PortableExecutableReference>().Select(documentation.AddTo).Distinct(),
            isSubmission: true);
        var document = DocumentId.CreateNewId(info.Id);
        // No file path: the services take documents with one path for one text in several projects, and answer with what all of them
        // agree on; the text that is being typed has the number of a cell that ran, as has a user's expression.
        return (solution.AddProject(info).AddDocument(document, settings.Options.FilePath, SourceText.From(code)), document);
    }

    private void Apply(Solution solution)
    {
        if (!workspace!.TryApplyChanges(solution)) throw new InvalidOperationException("The workspace refused a cell.");
    }
}
