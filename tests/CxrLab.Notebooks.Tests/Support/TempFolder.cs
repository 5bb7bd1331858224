using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Tests.Support;

/// <summary>A folder of one test; it is gone when the test has ended.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cxrnb-tests-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, JsonObject notebook) => Write(name, JsonText.Write(notebook));

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void CopyIn(string file, string name)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.Copy(file, File(name));
    }

    public JsonObject Read(string name) => (JsonObject)JsonNode.Parse(System.IO.File.ReadAllText(File(name)))!;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
