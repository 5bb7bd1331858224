using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>The folder by which Jupyter, VS Code and JupyterHub find this kernel: <c>kernels/NAME</c> with <c>kernel.json</c> and logos.</summary>
internal sealed partial class KernelSpec
{
    public const string UsualName = ".net-csharp";
    private const string FileName = "kernel.json";
    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    /// <param name="dataFolder">See <see cref="DataFolder"/>.</param>
    /// <param name="name">The kernel's name; notebooks of this project name <see cref="UsualName"/>.</param>
    /// <exception cref="KernelException">The name isn't one.</exception>
    public KernelSpec(string dataFolder, string name)
    {
        if (!Name().IsMatch(name))
            throw new KernelException($"'{name}' can't be a kernel's name: Jupyter takes letters, digits, '.', '_' and '-'.");
        Folder = Path.Combine(dataFolder, "kernels", name);
    }

    public string Folder { get; }

    /// <summary>Writes the kernel; an older one of ours is replaced.</summary>
    /// <param name="force">Replace another program's kernel too.</param>
    /// <exception cref="KernelException">There is another program's kernel.</exception>
    public void Install(bool force)
    {
        if (!force) RefuseForeign("write over");
        Directory.CreateDirectory(Folder);
        foreach (string logo in Logos)
        {
            using Stream image = typeof(KernelSpec).Assembly.GetManifestResourceStream(logo)!;
            using FileStream file = File.Create(Path.Combine(Folder, logo));
            image.CopyTo(file);
        }
        // Jupyter may look at any moment: it sees the old file or the new one, never half of it.
        string draft = Path.Combine(Folder, FileName + ".new");
        File.WriteAllText(draft, JsonText.Write(Content()));
        File.Move(draft, Path.Combine(Folder, FileName), overwrite: true);
    }

    /// <summary>Takes the kernel away.</summary>
    /// <param name="force">Another program's kernel too.</param>
    /// <exception cref="KernelException">There is none, or it is another program's.</exception>
    public void Uninstall(bool force)
    {
        if (!Directory.Exists(Folder)) throw new KernelException($"There is no kernel in {Folder}.");
        if (!force) RefuseForeign("remove");
        Directory.Delete(Folder, recursive: true);
    }

    private static JsonObject Content() => new()
    {
        ["argv"] = new JsonArray([.. OwnProgram.Start().Select(item => (JsonNode)item), "kernel", "{connection_file}"]),
        ["display_name"] = ".NET (C#)",
        ["interrupt_mode"] = "message",
        ["language"] = "C#",
        ["metadata"] = new JsonObject { ["made_by"] = "cxrnb" },
    };

    private void RefuseForeign(string what)
    {
        if (!Directory.Exists(Folder) || !Directory.EnumerateFileSystemEntries(Folder).Any() || IsOurs()) return;
        throw new KernelException($"{Folder} holds another program's kernel{Title()}. Use --force to {what} it, or --name for a name of its own.");
    }

    private bool IsOurs() => Present()?["metadata"] is JsonObject metadata && NotebookCell.Text(metadata["made_by"]) == "cxrnb";

    private string Title() => NotebookCell.Text(Present()?["display_name"]) is string title ? $", '{title}'" : "";

    private JsonObject? Present()
    {
        try
        {
            string file = Path.Combine(Folder, FileName);
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null; // whatever it is, it isn't ours
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
    private static partial Regex Name();
}
