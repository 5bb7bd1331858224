using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Session;

/// <summary>An exception that a cell threw: type, message, the user's lines, then the library's methods, then its causes.</summary>
internal static partial class RuntimeFailure
{
    private const int MostFrames = 12;

    /// <param name="error">What was thrown.</param>
    /// <param name="sources">The text of every cell run so far, by the cell's name: the line that threw is quoted.</param>
    public static CellFailure From(Exception error, IReadOnlyDictionary<string, string> sources)
    {
        // A single wrapped exception says more than its wrapper.
        while (error is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException { InnerException: not null }) error = error.InnerException!;
        var traceback = new List<string>();
        for (Exception? item = error; item is not null; item = item.InnerException)
        {
            traceback.Add(item == error ? $"{item.GetType().Name}: {item.Message}" : $"caused by {item.GetType().Name}: {item.Message}");
            traceback.AddRange(Frames(item, sources).Take(MostFrames));
        }
        return new CellFailure(error.GetType().Name, error.Message, traceback);
    }

    private static IEnumerable<string> Frames(Exception error, IReadOnlyDictionary<string, string> sources)
    {
        foreach (StackFrame frame in new StackTrace(error, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not MethodBase method || IsPlumbing(method)) continue;
            string name = MethodName(method);
            // Scripts are compiled without a file on disk; their debug information names the cell.
            if (IsScript(method) && frame.GetFileName() is string file)
            {
                string place = $"{Path.GetFileName(file)}, line {frame.GetFileLineNumber()}";
                yield return name.Length == 0 ? $"   at {place}" : $"   at {place}, in {name}";
                if (Quote(sources, Path.GetFileName(file), frame.GetFileLineNumber()) is string code) yield return $"      {code}";
            }
            else if (!IsScript(method)) yield return $"   at {method.DeclaringType?.Name}.{name}";
        }
    }

    private static string? Quote(IReadOnlyDictionary<string, string> sources, string cell, int line) =>
        sources.TryGetValue(cell, out string? text) && text.Split('\n') is var lines && line >= 1 && line <= lines.Length
            ? lines[line - 1].Trim()
            : null;

    private static bool IsScript(MethodBase method) => method.Module.Assembly.GetName().Name?.StartsWith('ℛ') == true;

    private static bool IsPlumbing(MethodBase method) => method.DeclaringType?.FullName is not string type
        || type.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal)
        || type.StartsWith("System.Runtime.", StringComparison.Ordinal)
        || type.StartsWith("CxrLab.Notebooks.Session.", StringComparison.Ordinal);

    /// <summary>Undoes the compiler's names: <c>&lt;Train&gt;d__3.MoveNext</c> is Train; the cell's own top level has no name.</summary>
    private static string MethodName(MethodBase method)
    {
        Match generated = GeneratedName().Match(method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name);
        string name = generated.Success ? generated.Groups[1].Value : method.Name;
        return name.Contains("Initialize", StringComparison.Ordinal) && IsScript(method) ? "" : name.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^<+([^<>]+)>")]
    private static partial Regex GeneratedName();
}
