using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using CxrLab.Notebooks.Jupyter;
using CxrLab.Notebooks.Running;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb kernel</c>: what Jupyter starts; <c>cxrnb install</c> tells Jupyter of it.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which Jupyter names ports and key." };
        var command = new Command("kernel", "Serves C# to Jupyter; Jupyter starts it itself once 'cxrnb install' has been run. Exit code 0: shut down, 1: couldn't start.") { file };
        command.SetAction(result => Serve(result.GetValue(file)!));
        return command;
    }

    private static int Serve(string path)
    {
        try
        {
            ProcessGroup.FoundUnlessThere();
            OneDnnGuard.SetHere();
            // One notebook gives one text on every machine, whatever the system's language.
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            var kernel = new Kernel(ConnectionFile.Read(path), Directory.GetCurrentDirectory());
            using PosixSignalRegistration stop = On(PosixSignal.SIGTERM, kernel.Stop);
            using PosixSignalRegistration interrupt = On(PosixSignal.SIGINT, kernel.Interrupt); // a terminal's Ctrl-C
            ParentWatch.Start(kernel.Stop);
            kernel.Run();
            kernel.Dispose();
            NetMQ.NetMQConfig.Cleanup(block: true); // sends what the sockets still hold, for a second at most
            ProcessGroup.TerminateStarted();
        }
        catch (KernelException error)
        {
            Log.Write(error.Message);
            return 1;
        }
        // A cell that can't be stopped must not keep the process.
        Environment.Exit(0);
        return 0;
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        action();
    });
}
