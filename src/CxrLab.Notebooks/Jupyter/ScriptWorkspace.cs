using CxrLab.Notebooks.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using CodeDocument = Microsoft.CodeAnalysis.Document;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// The session's cells as projects of a Roslyn workspace, each continuing the one before it: so the compiler's own services for
/// editors know what a new cell would see. A cell is added once, when it is first needed; nothing is made for who never asks.
/// </summary>
internal sealed class ScriptWorkspace(ScriptSession session)
{
    private readonly Lock gate = new();
    private readonly List<(Script Script, ProjectId Project)> cells = [];
    private readonly Documentation documentation = new();
    private AdhocWorkspace? workspace;

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
                Script script = session.Continue(new CellCode(cells.Count + 1, code));
                CatchUp();
                (Solution snapshot, DocumentId document) = Next(script);
                CodeDocument typed = snapshot.GetDocument(document)!;
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

    /// <summary>Adds the cells that have run since the last question, and forgets those that are no longer part of the session.</summary>
    private void CatchUp()
    {
        var missing = new Stack<Script>();
        Script? script = session.LastScript;
        for (; script is not null && !cells.Exists(cell => cell.Script == script); script = script.Previous) missing.Push(script);
        if (missing.Count == 0 && (cells.Count == 0 || cells[^1].Script == script)) return;
        Solution solution = workspace!.CurrentSolution;
        while (cells.Count > 0 && cells[^1].Script != script)
        {
            solution = solution.RemoveProject(cells[^1].Project);
            cells.RemoveAt(cells.Count - 1);
        }
        while (missing.TryPop(out Script? ran))
        {
            (solution, ProjectId project, _) = Add(solution, ran);
            cells.Add((ran, project));
        }
        Apply(solution);
    }

    /// <summary>
    /// A project for the text that is being typed, in this question's snapshot only. It is a new one each time: the services reuse what
    /// they knew of a document's last text, which for scripts gave answers about the wrong text.
    /// </summary>
    private (Solution Snapshot, DocumentId Document) Next(Script script)
    {
        (Solution snapshot, _, DocumentId document) = Add(workspace!.CurrentSolution, script);
        return (snapshot, document);
    }

    private (Solution Solution, ProjectId Project, DocumentId Document) Add(Solution solution, Script script)
    {
        Compilation compilation = script.GetCompilation();
        SyntaxTree tree = compilation.SyntaxTrees.Single(candidate => candidate.FilePath == script.Options.FilePath);
        string name = compilation.AssemblyName ?? "cell";
        var info = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, name, assemblyName: name,
            LanguageNames.CSharp, compilationOptions: compilation.Options, parseOptions: tree.Options,
            projectReferences: cells.Count > 0 ? [new ProjectReference(cells[^1].Project)] : [],
            metadataReferences: compilation.References.OfType<PortableExecutableReference>().Select(documentation.AddTo).Distinct(),
            isSubmission: true);
        var document = DocumentId.CreateNewId(info.Id);
        // No file path: the services take documents with one path for one text in several projects, and answer with what all of them
        // agree on; the text that is being typed has the number of a cell that ran, as has a user's expression.
        return (solution.AddProject(info).AddDocument(document, tree.FilePath, SourceText.From(script.Code)), info.Id, document);
    }

    private void Apply(Solution solution)
    {
        if (!workspace!.TryApplyChanges(solution)) throw new InvalidOperationException("The workspace refused a cell.");
    }
}
