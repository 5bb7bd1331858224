using System.Reflection.PortableExecutable;
using System.Text;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CxrLab.Notebooks.Exporting;

/// <summary>The code cells of a notebook as HTML, coloured by Roslyn as an editor colours them.</summary>
internal static class CodeHtml
{
    /// <summary>Stands between cells: it ends a trailing expression, which would otherwise run into the next cell.</summary>
    private const string Between = "\n;\n";

    /// <returns>HTML per code cell, by the cell's number.</returns>
    /// <param name="notebook">Its code.</param>
    /// <param name="references">What that code refers to.</param>
    public static IReadOnlyDictionary<int, string> Of(Notebook notebook, NotebookReferences references)
    {
        NotebookCell[] cells = [.. notebook.CodeCells];
        string[] sources = [.. cells.Select(cell => cell.Source.ReplaceLineEndings("\n"))];
        // All cells are one script: a name that an early cell declares is coloured by its kind in a later one.
        string script = string.Join(Between, sources);
        ClassifiedSpan[] spans = [.. Classify(script, References(references)).GetAwaiter().GetResult()];
        var html = new Dictionary<int, string>();
        int start = 0;
        foreach ((NotebookCell cell, string source) in cells.Zip(sources))
        {
            html[cell.Number] = Mark(source, start, spans);
            start += source.Length + Between.Length;
        }
        return html;
    }

    private static async Task<IEnumerable<ClassifiedSpan>> Classify(string script, IEnumerable<MetadataReference> references)
    {
        using var workspace = new AdhocWorkspace();
        var project = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "notebook", "notebook", LanguageNames.CSharp,
            parseOptions: new CSharpParseOptions(kind: SourceCodeKind.Script),
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: CellDefaults.Imports),
            metadataReferences: references);
        Microsoft.CodeAnalysis.Document document = workspace.AddProject(project).AddDocument("cells.csx", SourceText.From(script));
        return await Classifier.GetClassifiedSpansAsync(document, TextSpan.FromBounds(0, script.Length));
    }

    private static string Mark(string source, int start, IEnumerable<ClassifiedSpan> spans)
    {
        var html = new StringBuilder();
        int at = 0;
        foreach (ClassifiedSpan span in spans.Where(span => span.TextSpan.Start >= start && span.TextSpan.End <= start + source.Length))
        {
            int from = span.TextSpan.Start - start, to = span.TextSpan.End - start;
            if (from < at || Class(span.ClassificationType) is not string kind) continue;
            html.Append(Html.Encode(source[at..from])).Append("<span class=\"").Append(kind).Append("\">").Append(Html.Encode(source[from..to])).Append("</span>");
            at = to;
        }
        return html.Append(Html.Encode(source[at..])).ToString();
    }

    private static string? Class(string type) => type switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "keyword",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral or ClassificationTypeNames.StringEscapeCharacter => "string",
        ClassificationTypeNames.NumericLiteral => "number",
        ClassificationTypeNames.Comment or ClassificationTypeNames.ExcludedCode => "comment",
        ClassificationTypeNames.PreprocessorKeyword or ClassificationTypeNames.PreprocessorText => "directive",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "method",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName or ClassificationTypeNames.RecordStructName
            or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "type",
        _ => type.StartsWith("xml doc comment", StringComparison.Ordinal) ? "comment" : null,
    };

    /// <summary>What every cell sees, and the libraries beside each dll that the notebook references and that is built.</summary>
    private static IEnumerable<MetadataReference> References(NotebookReferences references) => CellDefaults.Assemblies()
        .Concat(references.Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")).Where(IsManaged))
        .DistinctBy(Path.GetFileName).Select(file => MetadataReference.CreateFromFile(file));

    private static bool IsManaged(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        try
        {
            return image.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
