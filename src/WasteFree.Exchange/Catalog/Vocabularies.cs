namespace WasteFree.Exchange.Catalog;

/// <summary>Who owns a definition.</summary>
public enum DefinitionOwner { Unstated, Nation, Chongqing, Sichuan, Wanzhou, Hub }

/// <summary>What a region is.</summary>
public enum RegionLevel { Unstated, Province, Prefecture, District, County, CountyLevelCity, FunctionalArea }

/// <summary>What an organisation is.</summary>
public enum OrganizationKind { Unstated, Hub, Province, City, District, Department, Demo }

/// <summary>What a target is measured by.</summary>
public enum TargetKind { Unstated, Ratio, Amount, Count, Event, Threshold }

/// <summary>Who does a task: each department by its responsibility (按职责分工), or one leads (牵头).</summary>
public enum TaskMode { Unstated, ByResponsibility, Lead }
