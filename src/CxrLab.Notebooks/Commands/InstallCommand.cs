using System.CommandLine;
using CxrLab.Notebooks.Jupyter;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb install</c> and <c>cxrnb uninstall</c>: tell Jupyter that C# is here, and that it no longer is.</summary>
internal static class InstallCommand
{
    private static readonly Option<bool> User = new("--user") { Description = "For the current user; the default. JUPYTER_DATA_DIR is honoured." };
    private static readonly Option<string?> Prefix = new("--prefix") { Description = "For a Python environment or the whole machine, such as /usr/local.", HelpName = "DIR" };
    private static readonly Option<string> Name = new("--name") { Description = "The kernel's name.", HelpName = "N", DefaultValueFactory = _ => KernelSpec.UsualName };
    private static readonly Option<bool> Force = new("--force") { Description = "Even if the kernel of that name is another program's." };

    public static Command Install() => Create(
        "install", "Adds the kernel '.NET (C#)' to Jupyter, VS Code and JupyterHub. Exit code 0: done, 1: couldn't, 2: bad usage.", (spec, force) =>
        {
            spec.Install(force);
            Console.WriteLine($"The kernel .NET (C#) is in {spec.Folder}");
        });

    public static Command Uninstall() => Create(
        "uninstall", "Takes the kernel away again. Exit code 0: done, 1: couldn't, 2: bad usage.", (spec, force) =>
        {
            spec.Uninstall(force);
            Console.WriteLine($"Removed {spec.Folder}");
        });

    private static Command Create(string name, string description, Action<KernelSpec, bool> action)
    {
        var command = new Command(name, description) { User, Prefix, Name, Force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(User) && result.GetValue(Prefix) is not null) result.AddError("--user and --prefix name two places; give one of them.");
        });
        command.SetAction(result => Guard(() =>
        {
            string folder = result.GetValue(Prefix) is string prefix ? DataFolder.OfPrefix(prefix) : DataFolder.OfUser();
            action(new KernelSpec(folder, result.GetValue(Name)!), result.GetValue(Force));
        }));
        return command;
    }

    private static int Guard(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception error) when (error is KernelException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
